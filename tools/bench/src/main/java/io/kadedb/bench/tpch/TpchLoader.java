package io.kadedb.bench.tpch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** Creates the tables and loads them by COPY; the same statements on every engine. */
public final class TpchLoader {
    private TpchLoader() {}

    /**
     * Leaves the eight tables filled, or an exception and whatever was loaded before it.
     *
     * @param folder where {@link TpchData} wrote the files
     */
    public static void load(Connection connection, Path folder) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String ddl : schema()) {
                statement.execute(ddl);
            }
            for (String table : TpchData.TABLES) {
                copy(statement, table, TpchData.csvFile(folder, table));
            }
        }
    }

    /** Creates one table and fills it. */
    public static void load(Connection connection, String table, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(schema().stream()
                    .filter(ddl -> ddl.startsWith("create table " + table + " "))
                    .findFirst()
                    .orElseThrow());
            copy(statement, table, file);
        }
    }

    private static void copy(Statement statement, String table, Path file) throws SQLException {
        String path = file.toAbsolutePath().toString().replace("'", "''");
        statement.execute("copy " + table + " from '" + path + "' (format csv, header true)");
    }

    private static List<String> schema() {
        return Stream.of(TpchQuery.resource("schema.sql").split(";", -1))
                .map(String::strip)
                .filter(ddl -> !ddl.isEmpty())
                .toList();
    }
}
