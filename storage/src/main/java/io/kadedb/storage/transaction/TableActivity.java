package io.kadedb.storage.transaction;

import io.kadedb.storage.table.StatisticsReader;
import io.kadedb.storage.table.TableView;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** About how many deltas each table has: counted once, then kept up with what commits. Thread-safe. */
final class TableActivity {
    private final ConcurrentHashMap<Long, AtomicLong> deltas = new ConcurrentHashMap<>();

    /** The number of a table. */
    long deltas(TableView view) {
        return deltas.computeIfAbsent(view.table().id(), id -> new AtomicLong(StatisticsReader.countDeltas(view)))
                .get();
    }

    /** Adds what a transaction wrote and gives the sum. */
    long add(long tableId, long written) {
        return deltas.computeIfAbsent(tableId, id -> new AtomicLong()).addAndGet(written);
    }

    /** Forgets a table after it was folded, so that it is counted anew. */
    void folded(long tableId) {
        deltas.remove(tableId);
    }
}
