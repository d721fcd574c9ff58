package io.kadedb.storage.transaction;

import io.kadedb.storage.table.StatisticsReader;
import io.kadedb.storage.table.TableView;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * About how many deltas each table has, and how much was written to it that no fold has moved yet. Counted once, then
 * kept up with what commits. Thread-safe.
 */
final class TableActivity {
    private final ConcurrentHashMap<Long, OfTable> tables = new ConcurrentHashMap<>();

    /** Writes that wait to be folded: their number, and the bytes of their keys and values. */
    record Backlog(long writes, long bytes) {}

    private static final class OfTable {
        private final AtomicLong writes = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
        /** Null until they are counted. */
        private volatile @Nullable AtomicLong deltas;

        synchronized long deltas(TableView view) {
            AtomicLong known = deltas;
            if (known == null) {
                known = new AtomicLong(StatisticsReader.countDeltas(view));
                deltas = known;
            }
            return known.get();
        }
    }

    private OfTable of(long tableId) {
        OfTable known = tables.get(tableId);
        return known != null ? known : tables.computeIfAbsent(tableId, id -> new OfTable());
    }

    /** The number of a table's deltas. */
    long deltas(TableView view) {
        return of(view.table().storageId()).deltas(view);
    }

    /** Adds what a transaction wrote and gives all that waits. */
    Backlog add(long tableId, Backlog written) {
        OfTable table = of(tableId);
        AtomicLong deltas = table.deltas;
        if (deltas != null) {
            deltas.addAndGet(written.writes);
        }
        return new Backlog(table.writes.addAndGet(written.writes), table.bytes.addAndGet(written.bytes));
    }

    Backlog backlog(long tableId) {
        OfTable table = of(tableId);
        return new Backlog(table.writes.get(), table.bytes.get());
    }

    /** Takes off what a fold moved; the deltas that are left are counted anew. */
    void folded(long tableId, Backlog moved) {
        OfTable table = of(tableId);
        table.writes.updateAndGet(writes -> Math.max(0, writes - moved.writes));
        table.bytes.updateAndGet(bytes -> Math.max(0, bytes - moved.bytes));
        table.deltas = null;
    }
}
