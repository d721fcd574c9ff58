package io.kadedb.sqltests.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whatever a JDBC URL names. On servers that have schemas as PostgreSQL has them, each file gets a schema of its own,
 * which is dropped behind it; elsewhere files follow each other in one database. URLs of DuckDB, SQLite, H2 and KadeDB that
 * name no database stand for a new one for each file.
 */
public final class UrlTarget implements Target {
    private static final String JDBC = "jdbc:";
    private static final AtomicLong COUNTER = new AtomicLong();

    private final String url;
    private final Map<String, String> properties;
    private final List<String> settings;
    private final String engine;

    /**
     * @param properties user, password and what else the driver takes
     * @param settings statements that every session runs first
     */
    public UrlTarget(String url, Map<String, String> properties, List<String> settings) {
        if (!url.startsWith(JDBC) || url.indexOf(':', JDBC.length()) < 0) {
            throw new IllegalArgumentException("\"" + url + "\" is no JDBC URL");
        }
        this.url = url;
        this.properties = Map.copyOf(properties);
        this.settings = List.copyOf(settings);
        this.engine =
                url.substring(JDBC.length(), url.indexOf(':', JDBC.length())).toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<String> engines() {
        return engine.equals("sqlserver") ? Set.of("mssql", engine) : Set.of(engine);
    }

    @Override
    public Database open(Path folder) throws SQLException {
        String fresh = slt();
        return switch (url) {
            case "jdbc:sqlite:" -> database(url + folder.resolve(fresh + ".db"), false);
            case "jdbc:duckdb:" -> database(url + ":memory:" + fresh, false);
            case "jdbc:h2:mem:", "jdbc:kadedb:mem:" -> database(url + fresh, false);
            default -> hasSchemas() ? inSchema(fresh) : database(url, true);
        };
    }

    private static String slt() {
        return "slt_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
    }

    private boolean hasSchemas() {
        return engine.equals("postgresql") || engine.equals("kadedb");
    }

    private List<String> setup() {
        List<String> setup = new ArrayList<>();
        if (hasSchemas()) {
            setup.add("set time zone 'UTC'");
        }
        setup.addAll(settings);
        return setup;
    }

    private Database database(String at, boolean durable) {
        return new JdbcDatabase(at, properties, setup(), durable, JdbcDatabase.Ending.NONE);
    }

    private Database inSchema(String schema) throws SQLException {
        Database plain = database(url, true);
        execute(plain, "create schema " + schema);
        List<String> setup = new ArrayList<>(setup());
        setup.add("set search_path to " + schema + ", public");
        return new JdbcDatabase(
                url, properties, setup, true, () -> execute(plain, "drop schema " + schema + " cascade"));
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Optional<Database> load(Path path, Path folder) {
        return switch (engine) {
            case "duckdb", "sqlite" -> Optional.of(database(JDBC + engine + ":" + path, true));
            case "h2" -> Optional.of(database("jdbc:h2:file:" + path, true));
            case "kadedb" ->
                url.startsWith("jdbc:kadedb://")
                        ? Optional.empty()
                        : Optional.of(database("jdbc:kadedb:file:" + path, true));
            default -> Optional.empty();
        };
    }

    @Override
    public String name() {
        return url;
    }
}
