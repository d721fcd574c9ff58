package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.kernel.VectorBuilder;
import java.util.function.Supplier;

/** Any aggregate over frames that start where their partition does: each goes on from the one before. */
final class RunningFrames implements FrameAggregate {
    /** Partitions whose states are kept before they are thrown away together. */
    private static final int KEPT = 1024;

    private final PresentRows rows;
    private final Supplier<Accumulator> states;

    /**
     * @param rows is closed with it
     */
    RunningFrames(PresentRows rows, Supplier<Accumulator> states) {
        this.rows = rows;
        this.states = states;
    }

    @Override
    public Evaluation open() {
        return new Running();
    }

    @Override
    public void close() {
        rows.close();
    }

    private final class Running implements Evaluation {
        private final int[] selection = new int[Batch.MAX_ROWS];
        private final int[] groups = new int[Batch.MAX_ROWS];
        private final int[] source = new int[1];
        private final int[] slotOf = new int[1];
        private Accumulator running = fresh(KEPT);
        private Accumulator results = fresh(Batch.MAX_ROWS);
        private int current;
        private int start = -1;
        private int end = -1;

        private Accumulator fresh(int size) {
            Accumulator accumulator = states.get();
            accumulator.resize(size);
            return accumulator;
        }

        @Override
        public void add(int slot, int from, int to) {
            int first = rows.before(from);
            int last = rows.before(to);
            if (from != start || last < end) {
                restart(from, first);
            }
            update(last);
            source[0] = current;
            slotOf[0] = slot;
            results.merge(running, source, slotOf, 1);
        }

        private void restart(int from, int first) {
            start = from;
            end = first;
            if (++current == KEPT) {
                running.close();
                running = fresh(KEPT);
                current = 0;
            }
        }

        private void update(int last) {
            while (end < last) {
                int count = Math.min(Batch.MAX_ROWS, last - end);
                for (int i = 0; i < count; i++) {
                    selection[i] = end + i;
                    groups[i] = current;
                }
                running.update(groups, rows.columns(), selection, count);
                end += count;
            }
        }

        @Override
        public void emit(int slots, VectorBuilder out) {
            results.emit(0, slots, out);
            results.close();
            results = fresh(Batch.MAX_ROWS);
        }

        @Override
        public void close() {
            running.close();
            results.close();
        }
    }
}
