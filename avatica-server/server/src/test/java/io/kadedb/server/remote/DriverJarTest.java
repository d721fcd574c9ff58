package io.kadedb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver as users get it: one jar, which a program for Java 11 needs and nothing else. */
class DriverJarTest {
    private static final String PROGRAM = """
        import java.sql.Connection;
        import java.sql.DriverManager;
        import java.sql.PreparedStatement;
        import java.sql.ResultSet;
        import java.sql.SQLException;
        import java.sql.Statement;
        import java.time.OffsetDateTime;

        public class Program {
            public static void main(String[] arguments) throws Exception {
                try (Connection connection = DriverManager.getConnection(arguments[0]);
                        Statement statement = connection.createStatement()) {
                    statement.execute("create table jar_test (a int primary key, b timestamptz, c decimal(10, 2))");
                    try (PreparedStatement insert =
                            connection.prepareStatement("insert into jar_test values (?, ?, ?)")) {
                        for (int i = 0; i < 10; i++) {
                            insert.setInt(1, i);
                            insert.setObject(2, OffsetDateTime.parse("2024-01-02T03:04:05.000006Z"));
                            insert.setBigDecimal(3, new java.math.BigDecimal("1.25"));
                            insert.addBatch();
                        }
                        insert.executeBatch();
                    }
                    try (ResultSet rows = statement.executeQuery(
                            "select count(*), sum(c), max(b) from jar_test")) {
                        rows.next();
                        System.out.println(rows.getLong(1) + " " + rows.getBigDecimal(2) + " "
                                + rows.getObject(3, OffsetDateTime.class));
                    }
                    try {
                        statement.execute("select nothing");
                    } catch (SQLException e) {
                        System.out.println(e.getSQLState());
                    }
                    try (ResultSet keys = connection.getMetaData().getPrimaryKeys(null, null, "jar_test")) {
                        keys.next();
                        System.out.println(keys.getString("COLUMN_NAME"));
                    }
                }
            }
        }
        """;

    private static Path jar() throws Exception {
        Path code = Path.of(Class.forName("io.kadedb.jdbc.Driver")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        // Before the package phase the class path has the driver's classes instead.
        assumeTrue(code.toString().endsWith(".jar"), "the driver's jar is not built yet");
        return code;
    }

    @Test
    void hasNothingOfOthersUnderTheirNames() throws Exception {
        try (JarFile file = new JarFile(jar().toFile())) {
            assertThat(file.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class"))
                            .filter(name -> !name.startsWith("io/kadedb/jdbc/")))
                    .isEmpty();
            assertThat(file.getEntry("META-INF/services/java.sql.Driver")).isNotNull();
        }
    }

    @Test
    void isAllAProgramForJava11Needs(@TempDir Path folder) throws Exception {
        String jar = jar().toString();
        Path source = Files.writeString(folder.resolve("Program.java"), PROGRAM);
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, complaints, complaints, "--release", "11", "-cp", jar, source.toString());
        assertThat(compiled).as(complaints.toString(StandardCharsets.UTF_8)).isZero();
        try (TestServer server = new TestServer()) {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            folder + File.pathSeparator + jar,
                            "Program",
                            server.url())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output.lines())
                    .containsExactlyElementsOf(List.of("10 12.50 2024-01-02T03:04:05.000006Z", "42703", "a"));
            assertThat(program.waitFor()).isZero();
        }
    }
}
