package io.kadedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kadedb check}, {@code backup} and {@code restore}. */
final class OperationsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(errors), arguments);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void backupIsRestoredAndChecked() {
        String url = "jdbc:kadedb:file:" + path("first");
        assertThat(run("sql", "-u", url, "-e", """
            create table t (id int primary key, s text unique);
            insert into t select x, 'text ' || x from generate_series(1, 500) as g(x)\
            """)).isZero();
        assertThat(run("backup", path("first"), "TO", path("b")))
                .as(errors.toString())
                .isZero();
        assertThat(run("restore", path("b"), "to", path("second")))
                .as(errors.toString())
                .isZero();
        assertThat(run("check", path("second"))).as(errors.toString()).isZero();
        assertThat(out.toString())
                .contains(
                        "table       public.t: sound, 500 rows",
                        "t_s_key of public.t: sound",
                        "The database is sound.");
        run("sql", "-u", "jdbc:kadedb:file:" + path("second"), "-e", "select count(*), max(s) from t");
        assertThat(out.toString()).contains("500 | text 99");
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        assertThat(run("check", path("none"))).isOne();
        assertThat(errors.toString()).contains("error 58P01: there is no database in ");
        assertThat(run("backup", path("none"), "TO", path("b"))).isOne();
        Files.writeString(folder.resolve("b"), "something else");
        assertThat(run("restore", path("b"), "TO", path("second"))).isOne();
        assertThat(errors.toString()).contains("error XX003: ").contains("is no backup of KadeDB");
        assertThat(folder.resolve("second")).doesNotExist();
        assertThat(run("backup", path("none"), "INTO", path("b"))).isOne();
        assertThat(errors.toString()).contains("say kadedb backup DIR TO FILE");
    }
}
