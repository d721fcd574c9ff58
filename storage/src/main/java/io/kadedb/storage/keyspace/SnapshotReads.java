package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one transaction: the store at its version with its own writes laid over it. Adds no conflict ranges; the
 * transaction does. The caller holds the transaction's lock while there are own writes.
 */
final class SnapshotReads {
    private final VersionedStore store;
    private final long version;
    private final @Nullable WriteBuffer own;

    /** Reads that see own writes if a buffer is given. */
    SnapshotReads(VersionedStore store, long version, @Nullable WriteBuffer own) {
        this.store = store;
        this.version = version;
        this.own = own == null || own.isEmpty() ? null : own;
    }

    /** Whether the transaction has written anything that these reads must consider. */
    boolean seesOwnWrites() {
        return own != null;
    }

    byte @Nullable [] get(byte[] key) {
        if (own == null) {
            return checked(store.get(key, version));
        }
        own.checkReadable(key, Keys.after(key), version);
        byte[] stored = own.answers(key) ? null : checked(store.get(key, version));
        return own.overlay(key, stored);
    }

    /** Fails with 1007 if versions were collected while they were read. */
    private <T extends @Nullable Object> T checked(T read) {
        if (version < store.horizon()) {
            throw KeySpaceErrors.TRANSACTION_TOO_OLD.exception();
        }
        return read;
    }

    /** A piece of {@code [begin, end)}; it may be empty with more to come only when nothing is left. */
    VersionedStore.Rows rows(byte[] begin, byte[] end, int maxRows, int maxBytes, boolean reverse) {
        byte[] from = begin;
        byte[] to = end;
        while (Keys.compare(from, to) < 0) {
            VersionedStore.Rows stored = checked(store.scan(from, to, version, maxRows, maxBytes, reverse));
            if (own == null) {
                return stored;
            }
            // Own writes are merged into the part of the range that the stored rows cover.
            byte[] coveredFrom = from;
            byte[] coveredTo = to;
            if (stored.more()) {
                byte[] lastKey = stored.rows().getLast().getKey();
                if (reverse) {
                    coveredFrom = lastKey;
                    to = lastKey;
                } else {
                    coveredTo = Keys.after(lastKey);
                    from = coveredTo;
                }
            }
            own.checkReadable(coveredFrom, coveredTo, version);
            List<KeyValue> merged = own.touches(coveredFrom, coveredTo)
                    ? own.overlay(stored.rows(), coveredFrom, coveredTo, reverse)
                    : stored.rows();
            if (merged.size() > maxRows) {
                return new VersionedStore.Rows(merged.subList(0, maxRows), true);
            }
            if (!merged.isEmpty() || !stored.more()) {
                return new VersionedStore.Rows(merged, stored.more());
            }
        }
        return VersionedStore.Rows.NONE;
    }

    /**
     * The key that a selector names; the empty key before the first, {@link Keys#END} behind the last.
     *
     * <p>An offset of n from 1 on is the n-th key from the selector's key on; an offset of 0 or less counts back from
     * it.
     */
    byte[] resolve(KeySelector selector) {
        byte[] start = start(selector);
        int offset = selector.getOffset();
        return offset > 0 ? walk(start, Keys.END, offset, false) : walk(Keys.FIRST, start, 1 - (long) offset, true);
    }

    /** The key that a selector's offset counts from. */
    static byte[] start(KeySelector selector) {
        byte[] key = selector.getKey();
        return Keys.min(selector.orEqual() ? Keys.after(key) : key, Keys.END);
    }

    private byte[] walk(byte[] begin, byte[] end, long steps, boolean reverse) {
        byte[] from = begin;
        byte[] to = end;
        long left = steps;
        while (true) {
            VersionedStore.Rows rows = rows(from, to, (int) Math.min(left, 1_024), 1 << 20, reverse);
            if (rows.rows().size() >= left) {
                return rows.rows().get((int) left - 1).getKey();
            }
            if (!rows.more()) {
                return reverse ? Keys.FIRST : Keys.END;
            }
            left -= rows.rows().size();
            byte[] lastKey = rows.rows().getLast().getKey();
            if (reverse) {
                to = lastKey;
            } else {
                from = Keys.after(lastKey);
            }
        }
    }
}
