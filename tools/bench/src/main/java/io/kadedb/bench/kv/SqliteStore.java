package io.kadedb.bench.kv;

import io.kadedb.bench.measure.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of SQLite that is its own index, by statements prepared once. */
public final class SqliteStore implements KvStore {
    private final Engine engine;
    private final boolean shared;
    private final Connection first;
    private final OwnClient firstClient;

    private SqliteStore(Engine engine) throws SQLException {
        this.engine = engine;
        this.shared = engine.takesOneConnection();
        this.first = engine.connect();
        try (Statement statement = first.createStatement()) {
            statement.execute("create table pairs (k blob primary key, v blob not null) without rowid");
        }
        this.firstClient = new OwnClient(first);
    }

    public static SqliteStore inMemory() throws SQLException {
        return new SqliteStore(Engine.sqliteInMemory());
    }

    public static SqliteStore synced(Path file) throws SQLException {
        return new SqliteStore(Engine.sqlite(file));
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String durability() {
        return engine.durability();
    }

    @Override
    public Client connect() throws SQLException {
        return shared ? firstClient : new OwnClient(engine.connect());
    }

    @Override
    public void close() throws SQLException {
        first.close();
    }

    /** In memory it is shared by all threads, of which one may work at a time. */
    private final class OwnClient implements Client {
        private final Connection connection;
        private final PreparedStatement get;
        private final PreparedStatement put;
        private final PreparedStatement range;

        OwnClient(Connection connection) throws SQLException {
            this.connection = connection;
            this.get = connection.prepareStatement("select v from pairs where k = ?");
            this.put = connection.prepareStatement("insert or replace into pairs values (?, ?)");
            this.range = connection.prepareStatement("select v from pairs where k >= ? order by k limit ?");
        }

        @Override
        public synchronized byte @Nullable [] get(byte[] key) throws SQLException {
            get.setBytes(1, key);
            try (ResultSet row = get.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }

        @Override
        public synchronized void put(List<byte[]> keys, List<byte[]> values) throws SQLException {
            if (keys.size() == 1) {
                put(keys.getFirst(), values.getFirst());
                return;
            }
            connection.setAutoCommit(false);
            for (int i = 0; i < keys.size(); i++) {
                put(keys.get(i), values.get(i));
            }
            connection.commit();
            connection.setAutoCommit(true);
        }

        private void put(byte[] key, byte[] value) throws SQLException {
            put.setBytes(1, key);
            put.setBytes(2, value);
            put.executeUpdate();
        }

        @Override
        public synchronized List<byte[]> range(byte[] from, int limit) throws SQLException {
            range.setBytes(1, from);
            range.setInt(2, limit);
            List<byte[]> values = new ArrayList<>(limit);
            try (ResultSet rows = range.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getBytes(1));
                }
            }
            return values;
        }

        @Override
        public void close() throws SQLException {
            if (!shared) {
                connection.close();
            }
        }
    }
}
