package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A recursion: gathers the rows of the seed, then gives the rows of each round, and only when they are asked for runs the
 * next one. So a LIMIT above ends a recursion that would not end by itself.
 */
final class RecursiveRows implements Sink {
    /** Rounds after which a recursion is taken for one that does not end. */
    private static final int MOST_ROUNDS = 1 << 24;

    /** Runs the step on a working table. */
    @FunctionalInterface
    interface Step {
        void run(WorkingTables tables, Sink sink);
    }

    private final PhysicalPlan.RecursiveUnion plan;
    private final QueryRun run;
    private final MemoryPool memory;
    private final WorkingTables around;
    private final Step step;
    private final @Nullable SeenRows seen;
    private RowStore working;
    private int rounds;

    RecursiveRows(PhysicalPlan.RecursiveUnion plan, QueryRun run, WorkingTables around, Step step) {
        this.plan = plan;
        this.run = run;
        this.memory = run.memoryFor("RecursiveUnion");
        this.around = around;
        this.step = step;
        this.seen = plan.distinct() ? new SeenRows(plan.output(), memory) : null;
        this.working = new RowStore(plan.output(), memory);
    }

    @Override
    public Stage open(Worker worker) {
        return gathering(working);
    }

    @Override
    public void close() {
        working.close();
        if (seen != null) {
            seen.close();
        }
        memory.close();
    }

    private Stage gathering(RowStore rows) {
        return new Stage() {
            @Override
            public void push(Batch batch, int @Nullable [] selection, int count) {
                synchronized (RecursiveRows.this) {
                    if (seen == null) {
                        rows.append(batch, selection, count);
                    } else {
                        seen.appendNew(batch, selection, count, rows);
                    }
                }
            }

            @Override
            public void end() {}

            @Override
            public boolean satisfied() {
                return false;
            }

            @Override
            public void close() {}
        };
    }

    /** Replaces the working table by the rows the step makes of it. */
    private void next() {
        run.checkpoint();
        if (++rounds > MOST_ROUNDS) {
            throw KadeException.of(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED, "a recursive query ran for " + MOST_ROUNDS + " rounds")
                    .hint("use UNION instead of UNION ALL, or a condition that ends it");
        }
        RowStore fresh = new RowStore(plan.output(), memory);
        try {
            working.all();
            step.run(around.with(plan.id(), working), worker -> gathering(fresh));
        } catch (RuntimeException | Error e) {
            fresh.close();
            throw e;
        }
        working.close();
        working = fresh;
    }

    /** All rows, round after round. */
    Source rows() {
        return new Source() {
            private final AtomicBoolean taken = new AtomicBoolean();

            @Override
            public int start() {
                return 1;
            }

            @Override
            public @Nullable BatchSource next() {
                return taken.compareAndSet(false, true) ? new Reader() : null;
            }
        };
    }

    private final class Reader implements BatchSource {
        private int at;

        @Override
        public @Nullable Batch next() {
            if (at >= working.rows()) {
                if (working.rows() == 0) {
                    return null;
                }
                RecursiveRows.this.next();
                at = 0;
                if (working.rows() == 0) {
                    return null;
                }
            }
            int count = Math.min(Batch.MAX_ROWS, working.rows() - at);
            Batch batch = working.slice(at, count);
            at += count;
            return batch;
        }

        @Override
        public void close() {}
    }
}
