package io.kadedb.sqltests.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of this run's own, on a free port of the loopback interface, with databases that are like ours. */
public final class PostgresCluster implements AutoCloseable {
    private final EmbeddedPostgres server;

    private PostgresCluster(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts the server; it keeps its data below the system's folder for temporary files until it is closed. */
    public static PostgresCluster start() throws IOException {
        return new PostgresCluster(
                EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start());
    }

    /**
     * Makes a database in UTF-8 that sorts by code points, as ours do.
     *
     * @return its URL, user included
     */
    public String create(String name) throws SQLException {
        execute("create database " + name + " template template0 encoding 'UTF8' locale 'C' locale_provider builtin"
                + " builtin_locale 'C.UTF-8'");
        return url(name);
    }

    /** Drops a database, whoever is connected. */
    void drop(String name) throws SQLException {
        execute("drop database " + name + " with (force)");
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database + "?user=postgres";
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
