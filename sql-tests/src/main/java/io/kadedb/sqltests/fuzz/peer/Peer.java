package io.kadedb.sqltests.fuzz.peer;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A database that statements run on.
 *
 * @param name as it stands in reports
 * @param isReference whether its SQLSTATEs count too
 * @param url of a connection; {@code %d} becomes a number of its own for each
 * @param first what each connection runs first
 */
public record Peer(String name, Dialect dialect, boolean isReference, String url, List<String> first) {
    private static final AtomicLong OPENED = new AtomicLong();

    public Peer {
        first = List.copyOf(first);
    }

    /** KadeDB in this process, or wherever the URL says. */
    public static Peer ours() {
        return new Peer("kadedb", Dialect.KADEDB, false, "jdbc:kadedb:mem:fuzz%d", List.of("set time zone 'UTC'"));
    }

    /** A database of a server, which is emptied for each case. */
    public static Peer postgresql(String url) {
        return new Peer(
                "postgresql",
                Dialect.POSTGRESQL,
                true,
                url,
                List.of(
                        "set client_min_messages = error",
                        "drop schema if exists public cascade",
                        "create schema public",
                        "set time zone 'UTC'"));
    }

    public static Peer duckdb() {
        return new Peer("duckdb", Dialect.DUCKDB, false, "jdbc:duckdb:", List.of("set threads = 1"));
    }

    public static Peer sqlite() {
        return new Peer("sqlite", Dialect.SQLITE, false, "jdbc:sqlite::memory:", List.of());
    }

    public static Peer h2() {
        return new Peer("h2", Dialect.H2, false, "jdbc:h2:mem:", List.of("set mode postgresql"));
    }

    /** A connection to an empty database. */
    public Connection empty() throws SQLException {
        Connection connection = DriverManager.getConnection(url.replace("%d", Long.toString(OPENED.incrementAndGet())));
        try (Statement statement = connection.createStatement()) {
            for (String sql : first) {
                statement.execute(sql);
            }
        }
        return connection;
    }
}
