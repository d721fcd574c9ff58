package io.kadedb.storage.transaction;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.BucketRanges.Range;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.table.StorageErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction does to the buckets of continuous aggregates. The log has an entry for each range of buckets that a
 * transaction changed, so that who changes the same ones writes the same keys, without a conflict. Who computes the rows
 * anew removes the entries that it saw, unless they were written again since.
 *
 * <p>What was changed stays so after a rollback to a savepoint, and what was computed is taken to be changed: more is
 * computed then than need be. Thread-safe.
 */
final class BucketChanges {
    /** Entries that a transaction writes for an aggregate at most: beyond, the narrowest gaps between them are closed. */
    private static final int MOST_ENTRIES = 64;

    private final Supplier<ReadTransaction> snapshot;
    private final Supplier<ReadTransaction> newest;
    private final Map<Long, Changes> views = new TreeMap<>();

    /**
     * Nothing yet.
     *
     * @param snapshot that the transaction reads
     * @param newest what is committed now
     */
    BucketChanges(Supplier<ReadTransaction> snapshot, Supplier<ReadTransaction> newest) {
        this.snapshot = snapshot;
        this.newest = newest;
    }

    /** What was done to one aggregate: the entries seen when rows were computed, with their values of then. */
    private static final class Changes {
        private final TreeMap<byte[], byte[]> seen = new TreeMap<>(Arrays::compareUnsigned);
        private BucketRanges changed = BucketRanges.NONE;
        private BucketRanges computed = BucketRanges.NONE;
        /** When rows were computed last, as it was when this transaction computed some. */
        private byte @Nullable [] before;

        boolean isSeen(byte[] key, byte @Nullable [] value) {
            return Arrays.equals(seen.get(key), value);
        }
    }

    /** Notes that buckets of an aggregate have changed. */
    synchronized void changed(long view, BucketRanges buckets) {
        Changes changes = views.computeIfAbsent(view, id -> new Changes());
        changes.changed = changes.changed.plus(buckets).atMost(MOST_ENTRIES);
    }

    /** Those of an aggregate that have changed, by the log and by this transaction. */
    synchronized BucketRanges of(long view) {
        Changes changes = views.computeIfAbsent(view, id -> new Changes());
        List<Range> open = new ArrayList<>(changes.changed.ranges());
        for (KeyValue entry : entries(view)) {
            BucketRanges range = new BucketRanges(List.of(KeyLayout.bucketRange(entry.getKey())));
            boolean known = changes.isSeen(entry.getKey(), entry.getValue());
            open.addAll((known ? range.minus(changes.computed) : range).ranges());
        }
        return BucketRanges.of(open);
    }

    private List<KeyValue> entries(long view) {
        byte[] log = KeyLayout.changedBuckets(view);
        return StorageErrors.join(
                snapshot.get().getRange(log, KeyLayout.end(log)).asList());
    }

    /** Notes that the rows of buckets were computed from what the transaction sees. */
    synchronized void computed(long view, BucketRanges buckets) {
        Changes changes = views.computeIfAbsent(view, id -> new Changes());
        if (changes.computed.isEmpty()) {
            changes.before = StorageErrors.join(snapshot.get().get(KeyLayout.computed(view)));
        }
        changes.changed = changes.changed.minus(buckets);
        changes.computed = changes.computed.plus(buckets);
        for (KeyValue entry : entries(view)) {
            Range range = KeyLayout.bucketRange(entry.getKey());
            if (!buckets.within(new BucketRanges(List.of(range))).isEmpty()) {
                changes.seen.put(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Something was rolled back, perhaps rows that were computed. */
    synchronized void rolledBack() {
        for (Changes changes : views.values()) {
            changes.changed = changes.changed.plus(changes.computed).atMost(MOST_ENTRIES);
            changes.computed = BucketRanges.NONE;
            changes.seen.clear();
        }
    }

    synchronized boolean hasWrites() {
        return views.values().stream().anyMatch(changes -> !changes.changed.isEmpty() || !changes.computed.isEmpty());
    }

    /**
     * Adds the entries to a commit of single keys.
     *
     * @return whether that is all
     */
    synchronized boolean addTo(List<byte[]> keys, List<byte[]> values, LongPredicate exists) {
        for (Map.Entry<Long, Changes> view : views.entrySet()) {
            if (!view.getValue().computed.isEmpty()) {
                return false;
            }
            if (exists.test(view.getKey())) {
                for (Range range : view.getValue().changed.ranges()) {
                    keys.add(KeyLayout.changedBuckets(view.getKey(), range));
                    values.add(new byte[Stamp.BYTES]);
                }
            }
        }
        return true;
    }

    /**
     * Writes the log.
     *
     * @param exists whether there still is an aggregate of an id
     */
    synchronized void write(Transaction transaction, LongPredicate exists) {
        views.forEach((view, changes) -> {
            if (exists.test(view)) {
                write(transaction, view, changes);
            }
        });
    }

    private void write(Transaction transaction, long view, Changes changes) {
        List<Range> open = new ArrayList<>(changes.changed.ranges());
        ReadTransaction now = newest.get();
        if (!changes.computed.isEmpty()) {
            checkAlone(transaction, now, view, changes);
        }
        changes.seen.forEach((key, value) -> {
            // An entry that was written again meanwhile stays, for who computes next.
            if (Arrays.equals(StorageErrors.join(now.get(key)), value)) {
                transaction.addReadConflictKey(key);
                transaction.clear(key);
                open.addAll(new BucketRanges(List.of(KeyLayout.bucketRange(key)))
                        .minus(changes.computed)
                        .ranges());
            }
        });
        for (Range range : BucketRanges.of(open).ranges()) {
            transaction.mutate(
                    MutationType.SET_VERSIONSTAMPED_VALUE,
                    KeyLayout.changedBuckets(view, range),
                    Stamp.placeholder(new byte[0]));
        }
    }

    /** Two that compute rows at the same time would both store them. */
    private static void checkAlone(Transaction transaction, ReadTransaction now, long view, Changes changes) {
        byte[] key = KeyLayout.computed(view);
        if (!Arrays.equals(StorageErrors.join(now.get(key)), changes.before)) {
            throw KadeException.of(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "the rows of the continuous aggregate were computed by another transaction")
                    .hint("run the transaction again");
        }
        transaction.addReadConflictKey(key);
        transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, Stamp.placeholder(new byte[0]));
    }
}
