package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with the world outside: files, directories, processes. */
class BadInputTest {
    private static final int LARGE = 200_000;

    private static SQLException failure(Connection connection, String sql) {
        return catchThrowableOfType(SQLException.class, () -> Database.run(connection, sql));
    }

    private static Path numbers(Path folder, String lastLine) throws IOException {
        Path file = folder.resolve("numbers.csv");
        String lines = IntStream.range(0, LARGE)
                .mapToObj(i -> i + ",row " + i + "\n")
                .collect(Collectors.joining("", "a,b\n", lastLine));
        return Files.writeString(file, lines);
    }

    @Test
    void aDuplicateInTheLastRowOfALargeLoadLeavesNothing(@TempDir Path folder) throws Exception {
        Path file = numbers(folder, "7,again\n");
        try (Database database = new Database()) {
            database.run("create table t (a int primary key, b text)");
            SQLException error = failure(database.connection(), "copy t from '" + file + "' (format csv, header true)");
            assertThat(error.getSQLState()).isEqualTo("23505");
            assertThat(error.getMessage()).contains("7");
            assertThat(database.rows("select count(*) from t")).containsExactly("0");
        }
    }

    @Test
    void aRaggedFileIsTold(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,x\n2\n");
        try (Database database = new Database()) {
            database.run("create table t (a int, b text)");
            SQLException error = failure(database.connection(), "copy t from '" + file + "' (format csv, header true)");
            assertThat(error.getSQLState()).isEqualTo("22P04");
            assertThat(error.getMessage()).contains("3");
            assertThat(database.rows("select count(*) from t")).containsExactly("0");
        }
    }

    @Test
    void bytesThatAreNoUtf8AreTold(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("latin1.csv");
        try (Database database = new Database()) {
            database.run("create table t (a int, b text)");
            for (byte[] bytes : List.of(
                    new byte[] {(byte) 0xFF},
                    new byte[] {(byte) 0xC3},
                    new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                    new byte[] {'a', 0})) {
                ByteArrayOutputStream lines = new ByteArrayOutputStream();
                lines.writeBytes("a,b\n1,a longer text of ASCII and Zo\u00eb\n2,".getBytes(StandardCharsets.UTF_8));
                lines.writeBytes(bytes);
                lines.write('\n');
                Files.write(file, lines.toByteArray());
                SQLException error =
                        failure(database.connection(), "copy t from '" + file + "' (format csv, header true)");
                assertThat(error.getSQLState()).isEqualTo("22021");
                assertThat(error.getMessage())
                        .contains("line 3, column \"b\": invalid byte sequence for encoding \"UTF8\": 0x");
            }
            assertThat(database.rows("select count(*) from t")).containsExactly("0");
        }
    }

    @Test
    void textHoldsNoNul() throws Exception {
        try (Database database = new Database();
                PreparedStatement insert = prepared(database.connection())) {
            assertThat(failure(database.connection(), "select 'a\0b'").getSQLState())
                    .isEqualTo("22021");
            insert.setString(1, "a\0b");
            assertThat(catchThrowableOfType(SQLException.class, insert::executeUpdate)
                            .getSQLState())
                    .isEqualTo("22021");
        }
    }

    private static PreparedStatement prepared(Connection connection) throws SQLException {
        Database.run(connection, "create table t (a text)");
        return connection.prepareStatement("insert into t values (?)");
    }

    @Test
    void aMissingFileIs58P01() throws Exception {
        try (Database database = new Database()) {
            database.run("create table t (a int, b text)");
            assertThat(failure(database.connection(), "copy t from '/nowhere/at/all.csv' (format csv)")
                            .getSQLState())
                    .isEqualTo("58P01");
        }
    }

    @Test
    void filesOutsideTheAllowedDirectoryAreRefused(@TempDir Path folder) throws Exception {
        Path allowed = Files.createDirectory(folder.resolve("allowed"));
        Path inside = Files.writeString(allowed.resolve("in.csv"), "a\n1\n");
        Path outside = Files.writeString(folder.resolve("out.csv"), "a\n1\n");
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:?files=" + allowed)) {
            assertThat(Database.rows(connection, "select count(*) from '" + inside + "'"))
                    .containsExactly("1");
            assertThat(failure(connection, "select * from '" + outside + "'").getSQLState())
                    .isEqualTo("42501");
            assertThat(failure(connection, "select * from '" + allowed + "/../out.csv'")
                            .getSQLState())
                    .isEqualTo("42501");
        }
    }

    /** Another process that opens the database given and does what the rest of the arguments say. */
    public static final class Other {
        private Other() {}

        /** Runs statements; says {@code ready} after each and waits for the end of the world after the last. */
        public static void main(String[] arguments) throws Exception {
            try (Connection connection = DriverManager.getConnection(arguments[0])) {
                for (int i = 1; i < arguments.length; i++) {
                    Database.run(connection, arguments[i]);
                    System.out.println("ready");
                }
                while (System.in.read() >= 0) {
                    // Until it is killed.
                }
            }
        }
    }

    static Process start(String url, String... statements) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                url));
        command.addAll(List.of(statements));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static void awaitReady(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals("ready")) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo("ready");
    }

    @Test
    void aDirectoryThatAnotherProcessHasOpenIs55006(@TempDir Path folder) throws Exception {
        String url = "jdbc:kadedb:file:" + folder.resolve("db");
        Process other = start(url, "create table t (a int)");
        try (BufferedReader output = other.inputReader(StandardCharsets.UTF_8)) {
            awaitReady(output);
            SQLException error = catchThrowableOfType(
                    SQLException.class, () -> DriverManager.getConnection(url).close());
            assertThat(error.getSQLState()).isEqualTo("55006");
            assertThat(error.getMessage()).contains(folder.resolve("db").toString());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void aLoadThatIsKilledLeavesAllOrNothing(@TempDir Path folder) throws Exception {
        Path file = numbers(folder, "");
        String url = "jdbc:kadedb:file:" + folder.resolve("db");
        String load = "copy t from '" + file + "' (format csv, header true)";
        Process other =
                start(url, "create table t (a int primary key, b text)", "insert into t values (-1, 'kept')", load);
        try (BufferedReader output = other.inputReader(StandardCharsets.UTF_8)) {
            awaitReady(output);
            awaitReady(output);
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(connection, "select count(*) from t").getFirst())
                    .isIn("1", String.valueOf(LARGE + 1));
            assertThat(Database.rows(connection, "select b from t where a = -1"))
                    .containsExactly("kept");
            if (Database.rows(connection, "select count(*) from t").equals(List.of("1"))) {
                Database.run(connection, load);
            }
            assertThat(Database.rows(connection, "select count(*) from t")).containsExactly(String.valueOf(LARGE + 1));
        }
    }
}
