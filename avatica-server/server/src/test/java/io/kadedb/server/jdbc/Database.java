package io.kadedb.server.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in memory of a test's own. */
final class Database implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final String url = "jdbc:kadedb:mem:test" + NAMES.incrementAndGet();
    private final Connection connection;

    Database() throws SQLException {
        connection = DriverManager.getConnection(url);
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
    }
}
