package io.kadedb.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own. */
class ServerCommandTest {
    private static final int SIGTERM_STATUS = 143;

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "server",
                "--listen",
                "127.0.0.1:0"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String url(BufferedReader output) throws IOException {
        String line = output.readLine();
        assertThat(line).startsWith("serving jdbc:kadedb://127.0.0.1:");
        return line.substring("serving ".length());
    }

    private record Run(int status, String out, String errors) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int status = Main.run(new PrintWriter(out), new PrintWriter(errors), arguments);
        return new Run(status, out.toString(), errors.toString());
    }

    @Test
    void keepsWhatWasCommittedAndEndsOnSigterm(@TempDir Path folder) throws Exception {
        String data = folder.resolve("db").toString();
        Process server = start("--data", data);
        try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
            String url = url(output);
            assertThat(run("sql", "--url", url, "-e", "create table t (a int); insert into t values (1), (2)")
                            .status())
                    .isZero();
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.setFetchSize(1);
                try (ResultSet rows = statement.executeQuery("select a from t order by a")) {
                    assertThat(rows.next()).isTrue();
                    server.destroy();
                    assertThat(rows.next())
                            .as("rows that are being read while the server stops")
                            .isTrue();
                    assertThat(rows.next()).isFalse();
                }
            }
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(SIGTERM_STATUS);
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(run("sql", "--url", "jdbc:kadedb:file:" + data, "--format", "csv", "-e", "select count(*) from t")
                        .out())
                .contains("2");
    }

    @Test
    void theShellReportsAnErrorWithItsPlaceInTheScript() throws Exception {
        Process server = start();
        try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
            String url = url(output);
            Run embedded = run("sql", "-e", "select 1;\nselect\n  nothing from nowhere");
            Run remote = run("sql", "--url", url, "-e", "select 1;\nselect\n  nothing from nowhere");
            assertThat(remote.status()).isEqualTo(1);
            assertThat(remote.errors()).isEqualTo(embedded.errors()).contains("42P01", "line 3", "^");
            assertThat(remote.out()).isEqualTo(embedded.out());
            for (String format : List.of("csv", "tsv", "json", "jsonl", "table", "box", "markdown", "vertical")) {
                String sql = "select 1 as a, 'x' as b, null as c, timestamp '2024-01-02 03:04:05.000006' as d,"
                        + " cast('a' as text) as e, 1.50 as f, true as g";
                assertThat(run("sql", "--url", url, "--format", format, "-e", sql)
                                .out())
                        .isEqualTo(run("sql", "--format", format, "-e", sql).out());
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void wrongArgumentsAreTold() {
        assertThat(run("server", "--listen", "nowhere").errors()).contains("HOST:PORT");
        assertThat(run("server", "--listen", "127.0.0.1:99999").status()).isEqualTo(2);
        Run files = run("sql", "--url", "jdbc:kadedb://localhost:1", "--files", "/tmp", "-e", "select 1");
        assertThat(files.status()).isEqualTo(1);
        assertThat(files.errors()).contains("--files");
    }
}
