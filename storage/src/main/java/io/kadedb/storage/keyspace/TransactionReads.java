package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeySelector;
import org.jspecify.annotations.Nullable;

/**
 * The reads of a transaction, plain and snapshot: what they give, and which read conflicts the plain ones add. A read
 * that own writes answer alone adds none.
 */
record TransactionReads(EngineTransaction transaction) {
    private SnapshotReads reads(boolean snapshotRead) {
        return new SnapshotReads(transaction.store(), transaction.version(), transaction.ownWrites(snapshotRead));
    }

    byte @Nullable [] value(byte[] key, boolean snapshotRead) {
        SnapshotReads reads;
        synchronized (transaction) {
            transaction.checkKey(key);
            reads = reads(snapshotRead);
            if (!snapshotRead) {
                WriteBuffer own = transaction.ownWrites(false);
                if (own == null || !own.answers(key)) {
                    transaction.readConflicts().addKey(key.clone());
                }
            }
            if (reads.seesOwnWrites()) {
                return reads.get(key);
            }
        }
        // Without own writes, several threads may read at once.
        return reads.get(key);
    }

    byte[] key(KeySelector selector, boolean snapshotRead) {
        synchronized (transaction) {
            byte[] start = SnapshotReads.start(selector);
            byte[] resolved = reads(snapshotRead).resolve(selector);
            if (!snapshotRead) {
                if (selector.getOffset() > 0) {
                    addReadConflict(start, Keys.min(Keys.after(resolved), Keys.END));
                } else {
                    addReadConflict(resolved, start);
                }
            }
            return resolved;
        }
    }

    /** The parts of a range whose reads needed the store. */
    private void addReadConflict(byte[] begin, byte[] end) {
        WriteBuffer own = transaction.ownWrites(false);
        if (own != null && own.touches(begin, end)) {
            own.addUnansweredParts(begin, end, transaction.readConflicts());
        } else {
            transaction.readConflicts().addRange(begin, end);
        }
    }

    /** The key at or above which a range read begins, or ends. */
    byte[] bound(KeySelector selector, boolean snapshotRead) {
        return selector.getOffset() == 1 ? SnapshotReads.start(selector) : key(selector, snapshotRead);
    }

    VersionedStore.Rows rows(
            byte[] begin, byte[] end, int maxRows, int maxBytes, boolean reverse, boolean snapshotRead) {
        SnapshotReads reads;
        synchronized (transaction) {
            reads = reads(snapshotRead);
            if (reads.seesOwnWrites()) {
                VersionedStore.Rows rows = reads.rows(begin, end, maxRows, maxBytes, reverse);
                addReadConflict(begin, end, rows, reverse, snapshotRead);
                return rows;
            }
        }
        // Without own writes, several threads may scan at once.
        VersionedStore.Rows rows = reads.rows(begin, end, maxRows, maxBytes, reverse);
        addReadConflict(begin, end, rows, reverse, snapshotRead);
        return rows;
    }

    private void addReadConflict(
            byte[] begin, byte[] end, VersionedStore.Rows rows, boolean reverse, boolean snapshotRead) {
        if (snapshotRead) {
            return;
        }
        byte[] from = begin;
        byte[] to = end;
        if (rows.more() && !rows.rows().isEmpty()) {
            byte[] last = rows.rows().getLast().getKey();
            if (reverse) {
                from = last;
            } else {
                to = Keys.after(last);
            }
        }
        synchronized (transaction) {
            addReadConflict(from, to);
        }
    }
}
