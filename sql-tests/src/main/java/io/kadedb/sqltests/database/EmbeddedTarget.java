package io.kadedb.sqltests.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** KadeDB within this process, each file in a memory of its own. */
public final class EmbeddedTarget implements Target {
    private static final AtomicLong COUNTER = new AtomicLong();

    private final List<String> setup;

    public EmbeddedTarget() {
        this(List.of());
    }

    /** @param settings statements that every session runs first */
    public EmbeddedTarget(List<String> settings) {
        this.setup = setup(settings);
    }

    static List<String> setup(List<String> settings) {
        List<String> setup = new ArrayList<>();
        setup.add("set time zone 'UTC'");
        setup.addAll(settings);
        return setup;
    }

    @Override
    public Set<String> engines() {
        return Set.of("kadedb");
    }

    @Override
    public Database open(Path folder) {
        return database("jdbc:kadedb:mem:slt-" + COUNTER.incrementAndGet(), false);
    }

    @Override
    public Optional<Database> load(Path path, Path folder) {
        return Optional.of(database("jdbc:kadedb:file:" + path, true));
    }

    private Database database(String url, boolean durable) {
        return new JdbcDatabase(url, Map.of(), setup, durable, JdbcDatabase.Ending.NONE);
    }

    @Override
    public String name() {
        return "kadedb";
    }
}
