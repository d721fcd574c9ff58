package io.kadedb.sqltests.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A PostgreSQL of this run's own; each file has a database in it, sorted by code points and in UTF-8. */
public final class PostgresTarget implements Target {
    private static final AtomicLong COUNTER = new AtomicLong();

    private final PostgresCluster cluster;
    private final List<String> setup;

    private PostgresTarget(PostgresCluster cluster, List<String> settings) {
        this.cluster = cluster;
        this.setup = EmbeddedTarget.setup(settings);
    }

    /**
     * Starts the server.
     *
     * @param settings statements that every session runs first
     */
    public static PostgresTarget start(List<String> settings) throws IOException {
        return new PostgresTarget(PostgresCluster.start(), settings);
    }

    @Override
    public Set<String> engines() {
        return Set.of("postgresql");
    }

    @Override
    public Database open(Path folder) throws SQLException {
        String name = "slt_" + COUNTER.incrementAndGet();
        return new JdbcDatabase(cluster.create(name), Map.of(), setup, true, () -> cluster.drop(name));
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
            cluster.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
