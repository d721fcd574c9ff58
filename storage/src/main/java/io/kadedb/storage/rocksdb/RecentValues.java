package io.kadedb.storage.rocksdb;

import io.kadedb.storage.keyspace.Keys;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest values of some of the keys that were written last, as RocksDB has them in its family of present values: to ask it
 * costs several times as much. Each key has one place, which it shares with others. Changed by the thread that holds the
 * commit order, read by all.
 */
final class RecentValues {
    private static final int PLACES = 1 << 13;
    /** A longer value or key is left to RocksDB, so that all take a few megabytes at most. */
    private static final int MOST_BYTES = 512;

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(PLACES);

    /**
     * A key's newest value.
     *
     * @param value not to be changed
     */
    record Entry(byte[] key, byte[] value, long version) {
        private boolean isOf(byte[] other) {
            return Arrays.equals(key, other);
        }
    }

    private static int place(byte[] key) {
        return Keys.hash(key) & (PLACES - 1);
    }

    /** Null when the key's newest value is not known here. */
    @Nullable
    Entry find(byte[] key) {
        Entry entry = entries.get(place(key));
        return entry != null && entry.isOf(key) ? entry : null;
    }

    /** Takes what RocksDB has for a key from now on; null if it was removed. */
    void put(byte[] key, byte @Nullable [] value, long version) {
        if (value == null || key.length + value.length > MOST_BYTES) {
            forget(key);
        } else {
            entries.set(place(key), new Entry(key, value, version));
        }
    }

    void forget(byte[] key) {
        int place = place(key);
        Entry entry = entries.get(place);
        if (entry != null && entry.isOf(key)) {
            entries.set(place, null);
        }
    }

    /** Forgets all keys of {@code [begin, end)}. */
    void forget(byte[] begin, byte[] end) {
        for (int i = 0; i < PLACES; i++) {
            Entry entry = entries.get(i);
            if (entry != null && Keys.compare(begin, entry.key) <= 0 && Keys.compare(entry.key, end) < 0) {
                entries.set(i, null);
            }
        }
    }
}
