package io.kadedb.storage.transaction;

import io.kadedb.storage.table.StatisticsReader;
import io.kadedb.storage.table.TableView;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * About how many deltas each table has, and how much was written to it that no fold has moved yet. Counted once, then
 * kept up with what commits. Thread-safe.
 */
final class TableActivity {
    private final ConcurrentHashMap<Long, AtomicLong> deltas = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Backlog> backlogs = new ConcurrentHashMap<>();

    /** Writes that wait to be folded: their number, and the bytes of their keys and values. */
    record Backlog(long writes, long bytes) {
        static final Backlog NONE = new Backlog(0, 0);

        private Backlog plus(Backlog other) {
            return new Backlog(writes + other.writes, bytes + other.bytes);
        }

        private Backlog minus(Backlog other) {
            return new Backlog(Math.max(0, writes - other.writes), Math.max(0, bytes - other.bytes));
        }
    }

    /** The number of a table's deltas. */
    long deltas(TableView view) {
        return deltas.computeIfAbsent(
                        view.table().storageId(), id -> new AtomicLong(StatisticsReader.countDeltas(view)))
                .get();
    }

    /** Adds what a transaction wrote and gives all that waits. */
    Backlog add(long tableId, Backlog written) {
        AtomicLong known = deltas.get(tableId);
        if (known != null) {
            known.addAndGet(written.writes);
        }
        return backlogs.merge(tableId, written, Backlog::plus);
    }

    Backlog backlog(long tableId) {
        return backlogs.getOrDefault(tableId, Backlog.NONE);
    }

    /** Takes off what a fold moved; the deltas that are left are counted anew. */
    void folded(long tableId, Backlog moved) {
        backlogs.computeIfPresent(tableId, (id, backlog) -> backlog.minus(moved));
        deltas.remove(tableId);
    }
}
