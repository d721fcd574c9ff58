package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import org.jspecify.annotations.Nullable;

/** Finds for each left row of an ASOF join the right row of its key that is nearest in time. */
final class AsofProbe implements Stage {
    private final AsofTimes times;
    private final int timeColumn;
    private final Stage next;
    private final @Nullable KeyFinder finder;
    private final VectorGather[] gathers;
    private final SinglePartners pairs;
    private final long[] words = new long[Batch.MAX_ROWS];
    private final int[] partners = new int[Batch.MAX_ROWS];

    AsofProbe(PhysicalPlan.AsofJoin join, JoinSpec spec, AsofTimes times, Worker worker, Stage next) {
        this.times = times;
        this.timeColumn = join.leftTime();
        this.next = next;
        JoinTable table = times.table();
        this.finder = spec.hasKeys() ? new KeyFinder(table, spec.leftKeys()) : null;
        this.gathers = VectorGather.of(spec.rightFields(), worker.run().memory());
        this.pairs = new SinglePartners(spec, table, gathers, next);
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        int[] keys = finder == null ? null : finder.find(batch, selection, count);
        ColumnVector time = batch.column(timeColumn);
        boolean inWords = times.inWords();
        if (inWords) {
            AsofTimes.load(time, selection, count, words);
        }
        for (int i = 0; i < count; i++) {
            int key = keys == null ? 0 : keys[i];
            int row = Columns.row(selection, i);
            if (key < 0 || time.isNull(row)) {
                partners[i] = -1;
            } else {
                partners[i] = inWords ? times.find(key, words[i]) : times.find(key, time, row);
            }
        }
        pairs.push(batch, selection, count, partners);
    }

    @Override
    public void end() {
        next.end();
    }

    @Override
    public boolean satisfied() {
        return next.satisfied();
    }

    @Override
    public void close() {
        for (VectorGather gather : gathers) {
            gather.close();
        }
        next.close();
    }
}
