package io.kadedb.sqltests.slt;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Where a logic file runs.
 *
 * @param engine the name that {@code onlyif} and {@code skipif} lines give it
 * @param url connections to it share one database
 * @param user the user to connect as; empty for none
 */
record Target(String engine, String url, String user) {
    static Target kadedb(String name) {
        return new Target("kadedb", "jdbc:kadedb:mem:" + name, "");
    }

    static Target duckdb(String file) {
        return new Target("duckdb", "jdbc:duckdb:" + file, "");
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
        }
        Connection connection = DriverManager.getConnection(url, properties);
        if (!engine.equals("duckdb")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set time zone 'UTC'");
            }
        }
        return connection;
    }
}
