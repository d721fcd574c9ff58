package io.kadedb.server.jdbc;

import io.kadedb.server.remote.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in memory of a test's own. */
final class Database implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Optional<TestServer> server;
    private final String url;
    private final Connection connection;

    /** One in this process. */
    Database() throws SQLException {
        this(Door.EMBEDDED);
    }

    /** One behind a door. */
    Database(Door door) throws SQLException {
        server = door == Door.REMOTE ? Optional.of(new TestServer()) : Optional.empty();
        url = server.map(TestServer::url).orElse("jdbc:kadedb:mem:test" + NAMES.incrementAndGet());
        connection = DriverManager.getConnection(url);
    }

    String url() {
        return url;
    }

    Connection connection() {
        return connection;
    }

    /** Another connection to the same database. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    void run(String... statements) throws SQLException {
        run(connection, statements);
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** All rows as text: values by commas, NULL as {@code null}. */
    List<String> rows(String sql) throws SQLException {
        return rows(connection, sql);
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return read(rows);
        }
    }

    static List<String> read(ResultSet rows) throws SQLException {
        List<String> read = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(i == 1 ? "" : ",").append(rows.getString(i));
            }
            read.add(row.toString());
        }
        return read;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        server.ifPresent(TestServer::close);
    }
}
