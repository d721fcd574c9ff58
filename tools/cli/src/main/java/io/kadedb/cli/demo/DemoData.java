package io.kadedb.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Loads what the tour looks at, telling what it does. */
record DemoData(Connection connection, PrintWriter out) {
    private static final List<String> FLIGHTS = List.of("airports", "routes", "flights");

    void load() throws SQLException, IOException {
        Path folder = Files.createTempDirectory("kadedb-demo");
        try {
            load(folder);
        } finally {
            clear(folder);
        }
    }

    private void load(Path folder) throws SQLException, IOException {
        run("schema.sql");
        for (String table : FLIGHTS) {
            Path file = folder.resolve(table + ".csv");
            Files.write(file, Tour.bytes(table + ".csv"));
            copy(table, file, "header true");
        }
        for (String table : TpchFiles.TABLES) {
            copy("tpch." + table, TpchFiles.write(table, folder), "delimiter '|'");
        }
        run("graph.sql");
        out.println("  property graph air over airports and routes");
        out.flush();
    }

    private void run(String resource) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : Tour.statements(resource)) {
                statement.execute(sql);
            }
        }
    }

    private void copy(String table, Path file, String options) throws SQLException {
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            String path = file.toAbsolutePath().toString().replace("'", "''");
            long rows = statement.executeLargeUpdate(
                    "copy " + table + " from '" + path + "' (format csv, " + options + ")");
            long millis = (System.nanoTime() - start) / 1_000_000;
            out.println(String.format(Locale.ROOT, "  %-15s %,7d rows in %,d ms", table, rows, millis));
            out.flush();
        }
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
