package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Any aggregate whose states can be merged, by a tree: its nodes hold the states of 16, 256, ... rows, so that a range is
 * merged of a few nodes and rows at its ends. (Leis et al., Efficient Processing of Window Functions in Analytical SQL
 * Queries, VLDB 2015.)
 */
final class FrameTree implements FrameAggregate {
    private static final int SHIFT = 4;
    private static final int FAN_OUT = 1 << SHIFT;

    private final PresentRows rows;
    private final Supplier<Accumulator> states;
    private final QueryRun run;
    private final List<Accumulator> levels = new ArrayList<>();

    /**
     * Builds the tree.
     *
     * @param rows is closed with it
     */
    FrameTree(PresentRows rows, Supplier<Accumulator> states, QueryRun run) {
        this.rows = rows;
        this.states = states;
        this.run = run;
        try {
            int nodes = (rows.length() + FAN_OUT - 1) >> SHIFT;
            if (nodes > 1) {
                levels.add(leaves(nodes));
            }
            while (nodes > FAN_OUT) {
                levels.add(parents(levels.getLast(), nodes));
                nodes = (nodes + FAN_OUT - 1) >> SHIFT;
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Accumulator leaves(int nodes) {
        Accumulator level = states.get();
        level.resize(nodes);
        int[] selection = new int[Batch.MAX_ROWS];
        int[] groups = new int[Batch.MAX_ROWS];
        for (int from = 0; from < rows.length(); from += Batch.MAX_ROWS) {
            run.checkpoint();
            int count = Math.min(Batch.MAX_ROWS, rows.length() - from);
            for (int i = 0; i < count; i++) {
                selection[i] = from + i;
                groups[i] = (from + i) >> SHIFT;
            }
            level.update(groups, rows.columns(), selection, count);
        }
        return level;
    }

    private Accumulator parents(Accumulator children, int count) {
        Accumulator level = states.get();
        level.resize((count + FAN_OUT - 1) >> SHIFT);
        int[] sources = new int[Batch.MAX_ROWS];
        int[] targets = new int[Batch.MAX_ROWS];
        for (int from = 0; from < count; from += Batch.MAX_ROWS) {
            int n = Math.min(Batch.MAX_ROWS, count - from);
            for (int i = 0; i < n; i++) {
                sources[i] = from + i;
                targets[i] = (from + i) >> SHIFT;
            }
            level.merge(children, sources, targets, n);
        }
        return level;
    }

    @Override
    public Evaluation open() {
        return new Climb();
    }

    @Override
    public void close() {
        levels.forEach(Accumulator::close);
        rows.close();
    }

    /** Nodes of one level, or rows, and the frames they belong to. */
    private static final class Pending {
        private final int[] nodes = new int[Batch.MAX_ROWS];
        private final int[] slots = new int[Batch.MAX_ROWS];
        private int count;
    }

    private final class Climb implements Evaluation {
        private final Pending[] pending = new Pending[levels.size() + 1];
        private Accumulator target = fresh();

        Climb() {
            for (int i = 0; i < pending.length; i++) {
                pending[i] = new Pending();
            }
        }

        private Accumulator fresh() {
            Accumulator slots = states.get();
            slots.resize(Batch.MAX_ROWS);
            return slots;
        }

        @Override
        public void add(int slot, int from, int to) {
            int start = rows.before(from);
            int end = rows.before(to);
            int level = 0;
            while (start < end) {
                if (level == levels.size() || end - start < 2 * FAN_OUT) {
                    give(level, slot, start, end);
                    return;
                }
                int innerStart = (start + FAN_OUT - 1) >> SHIFT;
                int innerEnd = end >> SHIFT;
                give(level, slot, start, innerStart << SHIFT);
                give(level, slot, innerEnd << SHIFT, end);
                start = innerStart;
                end = innerEnd;
                level++;
            }
        }

        private void give(int level, int slot, int from, int to) {
            Pending waiting = pending[level];
            for (int node = from; node < to; node++) {
                if (waiting.count == Batch.MAX_ROWS) {
                    flush(level);
                }
                waiting.nodes[waiting.count] = node;
                waiting.slots[waiting.count++] = slot;
            }
        }

        private void flush(int level) {
            Pending waiting = pending[level];
            if (waiting.count > 0 && level == 0) {
                target.update(waiting.slots, rows.columns(), waiting.nodes, waiting.count);
            } else if (waiting.count > 0) {
                target.merge(levels.get(level - 1), waiting.nodes, waiting.slots, waiting.count);
            }
            waiting.count = 0;
        }

        @Override
        public void emit(int slots, VectorBuilder out) {
            for (int level = 0; level < pending.length; level++) {
                flush(level);
            }
            target.emit(0, slots, out);
            target.close();
            target = fresh();
        }

        @Override
        public void close() {
            target.close();
        }
    }
}
