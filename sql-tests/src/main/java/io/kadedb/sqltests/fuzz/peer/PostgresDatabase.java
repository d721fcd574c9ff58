package io.kadedb.sqltests.fuzz.peer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of its own, with a database whose texts compare by code point as ours do. */
public final class PostgresDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;

    private PostgresDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    public static PostgresDatabase start() throws IOException, SQLException {
        EmbeddedPostgres server =
                EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
        PostgresDatabase database = new PostgresDatabase(server);
        try (Connection connection = DriverManager.getConnection(database.base() + "postgres", "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database fuzz template template0 encoding 'UTF8' locale 'C'"
                    + " locale_provider builtin builtin_locale 'C.UTF-8'");
        }
        return database;
    }

    public Peer peer() {
        return Peer.postgresql(base() + "fuzz?user=postgres");
    }

    private String base() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
