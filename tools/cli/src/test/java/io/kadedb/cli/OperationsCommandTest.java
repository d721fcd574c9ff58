package io.kadedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.rocksdb.RocksKeySpace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** A catalog that does not load keeps the database from being opened, and its damages from hiding each other. */
    @Test
    void damagesOfACatalogThatDoesNotLoadAreNamed() {
        String url = "jdbc:kadedb:file:" + path("db");
        assertThat(run(
                        "sql",
                        "-u",
                        url,
                        "-e",
                        "create table a (x int); create table b (x int); create view v as select 1 as x"))
                .isZero();
        try (KeySpace keys = RocksKeySpace.open(folder.resolve("db"))) {
            for (byte[] prefix : List.of(KeyLayout.tables(), KeyLayout.views())) {
                var _ = keys.database().run(transaction -> {
                    transaction
                            .getRange(prefix, KeyLayout.end(prefix))
                            .forEach(pair -> transaction.set(pair.getKey(), new byte[] {8, 1, (byte) 0xFF}));
                    return true;
                });
            }
        }
        assertThat(run("check", path("db"))).isOne();
        assertThat(errors.toString()).contains("error XX001: ");
        assertThat(out.toString())
                .containsPattern("table +with id \\d+: DAMAGED: ")
                .containsPattern("view +with id \\d+: DAMAGED: ")
                .contains("3 damages were found.");
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
