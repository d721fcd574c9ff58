package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.storage.api.BatchSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gathers and sorts the rows of a grouping, then gives them with the buckets that none of them begins. Those are made one
 * batch at a time: only the rows that are there take memory.
 */
final class GapFillRows implements Sink {
    private final PhysicalPlan.GapFill plan;
    private final QueryRun run;
    private final MemoryPool memory;
    private final RowStore rows;
    private int[] order = new int[0];

    GapFillRows(PhysicalPlan.GapFill plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
        this.memory = run.memoryFor("GapFill");
        this.rows = new RowStore(plan.input().output(), memory);
    }

    @Override
    public Stage open(Worker worker) {
        return new Gathering(new RowStore(plan.input().output(), memory), rows);
    }

    @Override
    public void finish() {
        List<SortKey> keys = new ArrayList<>(groupKeys(plan));
        keys.add(new SortKey(plan.time(), false, false));
        order = RowOrder.sort(rows.all(), keys);
    }

    /** What rows of one group have in common. */
    static List<SortKey> groupKeys(PhysicalPlan.GapFill plan) {
        return plan.keys().stream().map(key -> new SortKey(key, false, false)).toList();
    }

    @Override
    public void close() {
        rows.close();
        memory.close();
    }

    /** The rows and buckets, once complete. */
    Source filled() {
        return new Filled();
    }

    private final class Filled implements Source {
        private final AtomicBoolean taken = new AtomicBoolean();

        @Override
        public int start() {
            return 1;
        }

        @Override
        public @Nullable BatchSource next() {
            return taken.compareAndSet(false, true) ? new GapFillReader(plan, rows, order, run) : null;
        }
    }
}
