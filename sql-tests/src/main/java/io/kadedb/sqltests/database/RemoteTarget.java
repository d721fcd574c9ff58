package io.kadedb.sqltests.database;

import io.kadedb.common.error.KadeException;
import io.kadedb.server.DatabaseUrl;
import io.kadedb.server.http.KadeServer;
import io.kadedb.server.http.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** KadeDB behind a server of this process, reached through the remote JDBC driver; each file has its own. */
public final class RemoteTarget implements Target {
    /** Databases in memory are shared by name within the process. */
    private static final AtomicLong COUNTER = new AtomicLong();

    private final List<String> setup;

    public RemoteTarget() {
        this(List.of());
    }

    /** @param settings statements that every session runs first */
    public RemoteTarget(List<String> settings) {
        this.setup = EmbeddedTarget.setup(settings);
    }

    @Override
    public Set<String> engines() {
        return Set.of("kadedb");
    }

    @Override
    public Database open(Path folder) throws SQLException {
        return new Served(
                new DatabaseUrl.InMemory("slt-served-" + COUNTER.incrementAndGet(), Map.of()), false, folder, setup);
    }

    @Override
    public Optional<Database> load(Path path, Path folder) throws SQLException {
        return Optional.of(new Served(new DatabaseUrl.Directory(path, Map.of()), true, folder, setup));
    }

    @Override
    public String name() {
        return "kadedb, remote";
    }

    /** A database and the server that serves it. */
    private static final class Served implements Database {
        private final DatabaseUrl database;
        private final boolean durable;
        private final Path folder;
        private final List<String> setup;
        private KadeServer server;

        Served(DatabaseUrl database, boolean durable, Path folder, List<String> setup) throws SQLException {
            this.database = database;
            this.durable = durable;
            this.folder = folder;
            this.setup = setup;
            this.server = start(database, folder);
        }

        private static KadeServer start(DatabaseUrl database, Path folder) throws SQLException {
            try {
                InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
                ServerConfig config = ServerConfig.of(database, free)
                        .withFiles(Optional.of(folder))
                        .withDrainTimeout(Duration.ofSeconds(5));
                return KadeServer.start(config);
            } catch (KadeException e) {
                throw new SQLException(e.report(""), e.code().sqlState(), e);
            }
        }

        @Override
        public synchronized Connection connect() throws SQLException {
            InetSocketAddress address = server.address();
            String url = "jdbc:kadedb://127.0.0.1:" + address.getPort() + "/" + server.database();
            return new JdbcDatabase(url, Map.of(), setup, durable, JdbcDatabase.Ending.NONE).connect();
        }

        @Override
        public boolean isDurable() {
            return durable;
        }

        @Override
        public synchronized void restart() throws SQLException {
            server.close();
            server = start(database, folder);
        }

        @Override
        public synchronized void close() {
            server.close();
        }
    }
}
