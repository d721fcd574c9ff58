package io.kadedb.bench.kv;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store of keys in their order with values, in a transaction for each call. */
public interface KvStore extends AutoCloseable {
    /** As it stands in reports. */
    String name();

    /** What a commit promises, in words. */
    String durability();

    /** Begins to work on it; used by one thread at a time. */
    Client connect() throws SQLException;

    @Override
    void close() throws SQLException;

    /** Who works on it. */
    interface Client extends AutoCloseable {
        /** The value of a key; null when there is none. */
        byte @Nullable [] get(byte[] key) throws SQLException;

        /** Sets values, all or none. */
        void put(List<byte[]> keys, List<byte[]> values) throws SQLException;

        /** The values from a key on, in the order of keys. */
        List<byte[]> range(byte[] from, int limit) throws SQLException;

        @Override
        void close() throws SQLException;
    }
}
