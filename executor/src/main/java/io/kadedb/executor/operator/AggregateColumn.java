package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;

/** An aggregate over the frame. Neighbouring rows of the same frame share its result. */
final class AggregateColumn implements WindowColumn {
    private static final int CHECKPOINT_ROWS = 256;

    private final FrameCursor frames;
    private final FrameAggregate.Evaluation evaluation;
    private final QueryRun run;
    private final MemoryPool memory;
    private final int[] slots = new int[Batch.MAX_ROWS];
    private final int[] last = new int[2 * FrameCursor.MOST_RANGES];
    private int lastRanges = -1;

    AggregateColumn(FrameCursor frames, FrameAggregate aggregate, QueryRun run, MemoryPool memory) {
        this.frames = frames;
        this.evaluation = aggregate.open();
        this.run = run;
        this.memory = memory;
    }

    @Override
    public void append(int from, int count, VectorBuilder out) {
        int used = 0;
        lastRanges = -1;
        for (int i = 0; i < count; i++) {
            if (i % CHECKPOINT_ROWS == 0) {
                run.checkpoint();
            }
            frames.moveTo(from + i);
            if (isNew()) {
                for (int range = 0; range < frames.ranges(); range++) {
                    evaluation.add(used, frames.from(range), frames.to(range));
                }
                used++;
            }
            slots[i] = used - 1;
        }
        if (used == count) {
            evaluation.emit(used, out);
            return;
        }
        try (VectorBuilder values = new VectorBuilder(out.type(), memory)) {
            evaluation.emit(used, values);
            ColumnVector results = values.build();
            out.append(results, slots, count);
        }
    }

    /** Whether the frame is another than the last row's, which it then replaces. */
    private boolean isNew() {
        boolean same = frames.ranges() == lastRanges;
        lastRanges = frames.ranges();
        for (int range = 0; range < lastRanges; range++) {
            same &= last[2 * range] == frames.from(range) && last[2 * range + 1] == frames.to(range);
            last[2 * range] = frames.from(range);
            last[2 * range + 1] = frames.to(range);
        }
        return !same;
    }

    @Override
    public void close() {
        evaluation.close();
    }
}
