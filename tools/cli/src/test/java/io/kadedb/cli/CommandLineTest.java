package io.kadedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line from its arguments to what it prints, in this process. */
class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(errors), arguments);
    }

    @Test
    void aTableShowsNull() {
        assertThat(run("sql", "-e", "select x, y from (values (1, 'a'), (22, null)) v(x, y) order by x"))
                .isZero();
        assertThat(out).hasToString("""
             x  |  y
            ----+------
              1 | a
             22 | NULL
            (2 rows)
            """);
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        run("sql", "--format", "csv", "-e", "select 1 a, 'x' b; select 'a,b' c, '' d, 'q\"' e, cast(null as text) f");
        assertThat(out).hasToString("a,b\n1,x\nc,d,e,f\n\"a,b\",\"\",\"q\"\"\",\n");
    }

    @Test
    void jsonKeepsNumbersAndNull() {
        run("sql", "--format", "json", "-e", "select 1.50 n, 'a\"b' t, cast(null as int) u, true v");
        assertThat(out).hasToString("[\n{\"n\":1.50,\"t\":\"a\\\"b\",\"u\":null,\"v\":true}\n]\n");
    }

    @Test
    void tsvEscapes() {
        run("sql", "--format", "tsv", "-e", "select E'a\\tb' t, cast(null as int) u");
        assertThat(out).hasToString("t\tu\na\\tb\t\\N\n");
    }

    @Test
    void whatRanBeforeAnErrorIsPrintedAndTheRestIsNotRun() {
        assertThat(run("sql", "-e", "select 1 a;\nselect * from nope;\nselect 2 b"))
                .isOne();
        assertThat(out.toString()).contains(" a").doesNotContain(" b");
        assertThat(errors.toString())
                .startsWith("error 42P01: ")
                .contains("line 2, column 15", "| select * from nope;", "              ^^^^")
                .doesNotContain("\tat ");
    }

    @Test
    void misspeltWordsGetHints() {
        assertThat(run("sql", "-e", "selct 1")).isOne();
        assertThat(errors.toString()).startsWith("error 42601: ").contains("hint: did you mean SELECT?");
        run("sql", "-e", "create table people (name text); select nme from people");
        assertThat(errors.toString()).startsWith("error 42703: ").contains("name");
        run("sql", "-e", "create table people (name text); select * from peple");
        assertThat(errors.toString()).startsWith("error 42P01: ").contains("people");
    }

    @Test
    void aDirectoryKeepsWhatWasWritten(@TempDir Path folder) {
        String url = "jdbc:kadedb:file:" + folder.resolve("db");
        assertThat(run(
                        "sql",
                        "--url",
                        url,
                        "-e",
                        "create table t(a int primary key, b text); insert into t values (1,'x')"))
                .isZero();
        assertThat(out).hasToString("OK\nOK, 1 row\n");
        assertThat(run("sql", "--url", url, "-e", "select * from t", "--format", "csv"))
                .isZero();
        assertThat(out).hasToString("a,b\n1,x\n");
    }

    @Test
    void scriptsRunFromFiles(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("s.sql"), "select 1 as one;\n-- done\n");
        assertThat(run("sql", "--format", "csv", "-f", script.toString())).isZero();
        assertThat(out).hasToString("one\n1\n");
        assertThat(run("sql", "-f", folder.resolve("none.sql").toString())).isOne();
        assertThat(errors.toString()).startsWith("error 58P01: ");
    }

    @Test
    void scriptsMayHaveTheCommandsOfTheShell(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("s.sql"), """
            create table t (a int primary key);
            -- what there is
            \\dt
            \\format csv
            select '\\dt' x; \\format tsv
            select 1 y
            ;
            \\q
            select 2 z;
            """);
        assertThat(run("sql", "-f", script.toString())).isZero();
        assertThat(errors.toString()).isEmpty();
        assertThat(out.toString())
                .contains("public | t", "format is csv\nx\n\\dt\n", "format is tsv\ny\n1\n")
                .doesNotContain("z");
        assertThat(run("sql", "-e", "\\nope\nselect 1 after")).isOne();
        assertThat(errors.toString()).startsWith("error 42601: there is no command \\nope");
        assertThat(out.toString()).doesNotContain("after");
        assertThat(run("sql", "-e", "\\d nope\nselect 1 after")).isOne();
        assertThat(errors.toString()).startsWith("error 42P01: ");
    }

    @Test
    void urlsAndArgumentsAreChecked() {
        assertThat(run("sql", "--url", "jdbc:kadedb:file:", "-e", "select 1")).isOne();
        assertThat(errors.toString()).startsWith("error 08001: ");
        assertThat(run("sql", "--format", "yaml", "-e", "select 1")).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
    }

    @Test
    void versionAndHelp() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).startsWith("KadeDB ");
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("sql", "demo");
    }
}
