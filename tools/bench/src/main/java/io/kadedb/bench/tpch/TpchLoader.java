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
                String file = TpchData.csvFile(folder, table).toAbsolutePath().toString();
                statement.execute(
                        "copy " + table + " from '" + file.replace("'", "''") + "' (format csv, header true)");
            }
        }
    }

    private static List<String> schema() {
        return Stream.of(TpchQuery.resource("schema.sql").split(";", -1))
                .map(String::strip)
                .filter(ddl -> !ddl.isEmpty())
                .toList();
    }
}
