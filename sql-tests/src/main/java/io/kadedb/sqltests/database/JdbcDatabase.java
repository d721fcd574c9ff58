package io.kadedb.sqltests.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A database behind a JDBC URL.
 *
 * @param properties for the driver
 * @param setup statements that every new connection runs first
 */
record JdbcDatabase(String url, Map<String, String> properties, List<String> setup, boolean isDurable, Ending ending)
        implements Database {
    /** What is done when the database is no longer wanted. */
    @FunctionalInterface
    interface Ending {
        Ending NONE = () -> {};

        void run() throws SQLException;
    }

    JdbcDatabase {
        properties = Map.copyOf(properties);
        setup = List.copyOf(setup);
    }

    @Override
    public Connection connect() throws SQLException {
        Properties given = new Properties();
        given.putAll(properties);
        Connection connection = DriverManager.getConnection(url, given);
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            for (String sql : setup) {
                statement.execute(sql);
            }
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        ending.run();
    }
}
