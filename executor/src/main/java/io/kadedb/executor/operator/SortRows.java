package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Sorts rows, or finds the first of them: then workers throw away early what cannot be among these. */
final class SortRows implements Sink {
    /** Up to so many rows, workers keep only the first ones. */
    private static final long TOP_LIMIT = 1 << 16;
    /** Rows gathered before they are cut to the first ones. */
    private static final int SLACK = 4 * Batch.MAX_ROWS;

    private final PhysicalPlan.Sort plan;
    private final QueryRun run;
    private final List<Field> fields;
    private final MemoryPool memory;
    private final RowStore rows;
    private @Nullable RowRange range;
    private int[] order = new int[0];

    SortRows(PhysicalPlan.Sort plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
        this.fields = plan.output();
        this.memory = run.memoryFor("Sort");
        this.rows = new RowStore(fields, memory);
    }

    private synchronized RowRange range() {
        RowRange known = range;
        if (known == null) {
            known = RowRange.of(plan.offset(), plan.fetch(), run);
            range = known;
        }
        return known;
    }

    @Override
    public Stage open(Worker worker) {
        return new Gathering(range().end());
    }

    @Override
    public void finish() {
        order = RowOrder.sort(rows.all(), plan.keys());
    }

    @Override
    public void close() {
        rows.close();
        memory.close();
    }

    /** The sorted rows, once complete. */
    Source sorted() {
        return new Sorted();
    }

    private final class Gathering implements Stage {
        private final long end;
        private RowStore local = new RowStore(fields, memory);

        Gathering(long end) {
            this.end = end;
        }

        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            local.append(batch, selection, count);
            if (end <= TOP_LIMIT && local.rows() >= end + Math.max(end, SLACK)) {
                cut();
            }
        }

        private void cut() {
            int[] best = RowOrder.sort(local.all(), plan.keys());
            RowStore kept = new RowStore(fields, memory);
            try {
                kept.append(local.all(), best, (int) end);
            } catch (RuntimeException | Error e) {
                kept.close();
                throw e;
            }
            local.close();
            local = kept;
        }

        @Override
        public void end() {
            synchronized (rows) {
                rows.appendAll(local);
            }
        }

        @Override
        public boolean satisfied() {
            return end == 0;
        }

        @Override
        public void close() {
            local.close();
        }
    }

    private final class Sorted implements Source {
        private final AtomicBoolean taken = new AtomicBoolean();

        @Override
        public int start() {
            return 1;
        }

        @Override
        public @Nullable BatchSource next() {
            return taken.compareAndSet(false, true) ? new Reader() : null;
        }
    }

    private final class Reader implements BatchSource {
        private final VectorGather[] gathers =
                fields.stream().map(f -> new VectorGather(f.type(), memory)).toArray(VectorGather[]::new);
        private final int to = (int) Math.min(order.length, range().end());
        private int at = (int) Math.min(order.length, range().offset());

        @Override
        public @Nullable Batch next() {
            if (at >= to) {
                return null;
            }
            int count = Math.min(Batch.MAX_ROWS, to - at);
            int[] part = Arrays.copyOfRange(order, at, at + count);
            ColumnVector[] columns = new ColumnVector[gathers.length];
            for (int c = 0; c < columns.length; c++) {
                columns[c] = gathers[c].gather(rows.column(c), part, null, count, count, false);
            }
            at += count;
            return new Batch(count, Arrays.asList(columns));
        }

        @Override
        public void close() {
            for (VectorGather gather : gathers) {
                gather.close();
            }
        }
    }
}
