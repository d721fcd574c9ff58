package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gathers and sorts the rows of a window, then gives them with the results of its functions. */
final class WindowRows implements Sink {
    /** Rows that are worth a worker; a multiple of a batch's rows. */
    private static final int MORSEL_ROWS = 32 * Batch.MAX_ROWS;

    private final PhysicalPlan.Window plan;
    private final QueryRun run;
    private final MemoryPool memory;
    private final RowStore gathered;
    private @Nullable WindowOrder order;
    private @Nullable WindowFunctions functions;

    WindowRows(PhysicalPlan.Window plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
        this.memory = run.memoryFor("Window");
        this.gathered = new RowStore(plan.input().output(), memory);
    }

    @Override
    public Stage open(Worker worker) {
        return new Gathering(new RowStore(plan.input().output(), memory), gathered);
    }

    @Override
    public void finish() {
        RowStore unsorted = gathered;
        WindowOrder sorted = new WindowOrder(unsorted, plan, memory, run);
        order = sorted;
        functions = new WindowFunctions(plan, sorted, run, memory);
    }

    @Override
    public void close() {
        if (functions != null) {
            functions.close();
        }
        if (order != null) {
            order.close();
        }
        gathered.close();
        memory.close();
    }

    /** The rows with their results, once complete. */
    Source results() {
        return new Results();
    }

    private WindowOrder sorted() {
        WindowOrder known = order;
        if (known == null) {
            throw new IllegalStateException("the rows of the window are not complete yet");
        }
        return known;
    }

    private final class Results implements Source {
        private final AtomicInteger taken = new AtomicInteger();

        @Override
        public int start() {
            return 1 + sorted().rows().rows() / MORSEL_ROWS;
        }

        @Override
        public @Nullable BatchSource next() {
            long from = (long) taken.getAndIncrement() * MORSEL_ROWS;
            int rows = sorted().rows().rows();
            return from >= rows ? null : new Reader((int) from, (int) Math.min(rows, from + MORSEL_ROWS));
        }
    }

    private final class Reader implements BatchSource {
        private final RowStore rows = sorted().rows();
        private final WindowColumn[] columns = new WindowColumn[plan.calls().size()];
        private final VectorBuilder[] builders = new VectorBuilder[columns.length];
        private final int end;
        private int at;

        Reader(int from, int end) {
            this.at = from;
            this.end = end;
        }

        @Override
        public @Nullable Batch next() {
            if (at >= end) {
                return null;
            }
            int count = Math.min(Batch.MAX_ROWS, end - at);
            int width = rows.columns();
            ColumnVector[] vectors =
                    Arrays.copyOf(rows.slice(at, count).columns().toArray(ColumnVector[]::new), width + columns.length);
            for (int i = 0; i < columns.length; i++) {
                VectorBuilder builder = builder(i);
                builder.clear();
                column(i).append(at, count, builder);
                vectors[width + i] = builder.build();
            }
            at += count;
            return new Batch(count, Arrays.asList(vectors));
        }

        private VectorBuilder builder(int index) {
            VectorBuilder known = builders[index];
            if (known == null) {
                known = new VectorBuilder(plan.calls().get(index).type(), memory);
                builders[index] = known;
            }
            return known;
        }

        private WindowColumn column(int index) {
            WindowColumn known = columns[index];
            WindowFunctions opened = functions;
            if (known == null && opened != null) {
                known = opened.open(index);
                columns[index] = known;
            }
            if (known == null) {
                throw new IllegalStateException("the window is closed");
            }
            return known;
        }

        @Override
        public void close() {
            for (WindowColumn column : columns) {
                if (column != null) {
                    column.close();
                }
            }
            for (VectorBuilder builder : builders) {
                if (builder != null) {
                    builder.close();
                }
            }
        }
    }
}
