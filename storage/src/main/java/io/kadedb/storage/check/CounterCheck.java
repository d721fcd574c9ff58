package io.kadedb.storage.check;

import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.storage.format.v1.KeyLayout;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counters: none gives a number again that something has. */
final class CounterCheck {
    private final CheckSnapshot snapshot;
    private final Problems problems;

    CounterCheck(CheckSnapshot snapshot, Problems problems) {
        this.snapshot = snapshot;
        this.problems = problems;
    }

    /**
     * Checks the counters that ids come from.
     *
     * @param rowIds the greatest row id of each table
     */
    void ids(long greatestObject, long greatestBatch, Map<Long, Long> rowIds) {
        behind("objects", KeyLayout.sequence("o"), greatestObject);
        behind("batches", KeyLayout.sequence("b"), greatestBatch);
        rowIds.forEach((table, greatest) -> behind("rows of table " + table, KeyLayout.rowIdSequence(table), greatest));
    }

    private void behind(String what, byte[] key, long greatest) {
        byte @Nullable [] value = snapshot.get(key);
        if (value != null && value.length != Long.BYTES) {
            problems.add("the counter of " + what + " is damaged");
        } else if (greatest >= (value == null ? 1 : ByteBuffer.wrap(value).getLong())) {
            problems.add("the counter of " + what + " is to give numbers up to " + greatest + " again");
        }
    }

    /** Checks the counter of a sequence. */
    void sequence(SequenceDefinition sequence) {
        byte @Nullable [] value = snapshot.get(KeyLayout.counter(sequence.counter()));
        if (value == null) {
            // None is written before the first value is taken.
            return;
        }
        if (value.length != Long.BYTES + 1) {
            problems.add("its counter is damaged");
            return;
        }
        long last = ByteBuffer.wrap(value).getLong();
        if (last < sequence.min() || last > sequence.max()) {
            problems.add("its value " + last + " is not between its least and its greatest, " + sequence.min() + " and "
                    + sequence.max());
        }
    }
}
