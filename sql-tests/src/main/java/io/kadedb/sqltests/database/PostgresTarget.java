package io.kadedb.sqltests.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A PostgreSQL of this run's own; each file has a database in it, sorted by code points and in UTF-8. */
public final class PostgresTarget implements Target {
    private static final AtomicLong COUNTER = new AtomicLong();

    private final EmbeddedPostgres server;
    private final List<String> setup;
    private final Database all;

    private PostgresTarget(EmbeddedPostgres server, List<String> settings) {
        this.server = server;
        this.setup = EmbeddedTarget.setup(settings);
        this.all = database("postgres", JdbcDatabase.Ending.NONE);
    }

    /**
     * Starts the server; it keeps its data below the system's folder for temporary files until it is closed.
     *
     * @param settings statements that every session runs first
     */
    public static PostgresTarget start(List<String> settings) throws IOException {
        return new PostgresTarget(
                EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start(), settings);
    }

    @Override
    public Set<String> engines() {
        return Set.of("postgresql");
    }

    @Override
    public Database open(Path folder) throws SQLException {
        String name = "slt_" + COUNTER.incrementAndGet();
        execute("create database " + name + " template template0 encoding 'UTF8' locale 'C' locale_provider builtin"
                + " builtin_locale 'C.UTF-8'");
        return database(name, () -> execute("drop database " + name + " with (force)"));
    }

    private Database database(String name, JdbcDatabase.Ending ending) {
        String url = "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
        return new JdbcDatabase(url, Map.of("user", "postgres"), setup, true, ending);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = all.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Optional<Database> load(Path path, Path folder) {
        return Optional.empty();
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
