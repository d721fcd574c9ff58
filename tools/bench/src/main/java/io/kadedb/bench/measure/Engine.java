package io.kadedb.bench.measure;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A database under measurement, reached through its JDBC driver only.
 *
 * @param name as it stands in reports
 * @param url its JDBC URL
 * @param durability what a commit promises, in words, for the report
 */
public record Engine(String name, String url, String durability) {
    private static final String DUCKDB_URL = "jdbc:duckdb:";

    /** KadeDB, or whatever engine the URL names; the harness does not care. */
    public static Engine ours(String url) {
        String durability = url.startsWith("jdbc:kadedb:file:")
                ? "synced to disk at commit"
                : url.startsWith("jdbc:kadedb:mem:") ? "none: in memory" : "as configured by its URL";
        return new Engine(url.startsWith(DUCKDB_URL) ? "duckdb (as ours)" : "kadedb", url, durability);
    }

    /** KadeDB on a directory, behind a server. */
    public static Engine served(String url) {
        return new Engine("kadedb", url, "synced to disk at commit");
    }

    /** DuckDB on a database file, with its settings as they come. */
    public static Engine duckdb(String file) {
        return new Engine("duckdb", DUCKDB_URL + file, "write-ahead log synced at commit, checkpoint at close");
    }

    /** H2 in memory, shared by the connections of this process. */
    public static Engine h2InMemory() {
        return new Engine("h2", "jdbc:h2:mem:oltp;DB_CLOSE_DELAY=-1", "none: in memory");
    }

    /** SQLite in memory, shared by the connections of this process, of which one may work at a time. */
    public static Engine sqliteInMemory() {
        return new Engine("sqlite", "jdbc:sqlite:file:oltp?mode=memory&cache=shared", "none: in memory");
    }

    /** SQLite on a file, with a write-ahead log that is synced at every commit; writers wait for each other. */
    public static Engine sqlite(Path file) {
        return new Engine(
                "sqlite",
                "jdbc:sqlite:" + file
                        + "?journal_mode=WAL&synchronous=FULL&busy_timeout=60000&transaction_mode=IMMEDIATE",
                "write-ahead log synced at commit");
    }

    /** A PostgreSQL server, reached over the network. */
    public static Engine postgresql(String url) {
        return new Engine("postgresql", url, "write-ahead log synced at commit");
    }

    /** Whether several connections at once fail instead of waiting for each other. */
    public boolean takesOneConnection() {
        return url.startsWith("jdbc:sqlite:") && url.contains("mode=memory");
    }

    /** Whether the engine works within this process, so that its CPU time can be told. */
    public boolean isInProcess() {
        return !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:kadedb://");
    }

    /** Whether the database is gone when its last connection closes. */
    public boolean isInMemory() {
        return url.startsWith("jdbc:kadedb:mem:");
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** Limits the threads of the statements that follow. */
    public void setThreads(Connection connection, int threads) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set threads = " + threads);
        }
    }

    /** What a reader needs to know to repeat the run: version, settings, durability; one line each. */
    public List<String> describe(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        List<String> lines = new ArrayList<>();
        lines.add(name + ": " + metadata.getDatabaseProductName() + " " + metadata.getDatabaseProductVersion()
                + ", driver " + metadata.getDriverVersion());
        lines.add("  url: " + url);
        lines.add("  durability: " + durability);
        if (url.startsWith(DUCKDB_URL)) {
            lines.add("  settings: defaults but for threads; memory_limit " + setting(connection, "memory_limit")
                    + ", preserve_insertion_order " + setting(connection, "preserve_insertion_order"));
        } else {
            lines.add("  settings: defaults but for threads; Java heap "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        }
        return lines;
    }

    private static String setting(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_setting('" + setting + "')")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
