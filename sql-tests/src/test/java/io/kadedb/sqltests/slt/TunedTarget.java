package io.kadedb.sqltests.slt;

import io.kadedb.executor.file.FilePolicy;
import io.kadedb.server.DatabaseUrl;
import io.kadedb.server.NodeOptions;
import io.kadedb.server.OpenNodes;
import io.kadedb.sqltests.database.Database;
import io.kadedb.sqltests.database.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * KadeDB within this process, put together in another way than users have it.
 *
 * @param settings statements that every session runs first
 */
record TunedTarget(String name, NodeOptions options, List<String> settings) implements Target {
    private static final AtomicLong COUNTER = new AtomicLong();

    TunedTarget {
        settings = List.copyOf(settings);
    }

    @Override
    public Set<String> engines() {
        return Set.of("kadedb");
    }

    @Override
    public Database open(Path folder) {
        String url = "jdbc:kadedb:mem:tuned-" + COUNTER.incrementAndGet();
        OpenNodes.Lease lease = OpenNodes.PROCESS.open(DatabaseUrl.parse(url), FilePolicy.all(), options);
        return new Database() {
            @Override
            public Connection connect() throws SQLException {
                Connection connection = DriverManager.getConnection(url);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set time zone 'UTC'");
                    for (String setting : settings) {
                        statement.execute(setting);
                    }
                }
                return connection;
            }

            @Override
            public boolean isDurable() {
                return false;
            }

            @Override
            public void close() {
                lease.close();
            }
        };
    }

    @Override
    public Optional<Database> load(Path path, Path folder) {
        return Optional.empty();
    }
}
