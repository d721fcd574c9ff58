package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Transform;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.Expr;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Passes a part of the rows in the order they come; workers share the count. */
final class LimitRows implements Transform {
    private final Optional<Expr> offset;
    private final Optional<Expr> fetch;
    private final AtomicLong taken = new AtomicLong();
    private volatile @Nullable RowRange range;

    LimitRows(Optional<Expr> offset, Optional<Expr> fetch) {
        this.offset = offset;
        this.fetch = fetch;
    }

    private synchronized RowRange range(QueryRun run) {
        RowRange known = range;
        if (known == null) {
            known = RowRange.of(offset, fetch, run);
            range = known;
        }
        return known;
    }

    @Override
    public Stage open(Worker worker, Stage next) {
        return new Limiting(range(worker.run()), next);
    }

    private final class Limiting implements Stage {
        private final RowRange part;
        private final Stage next;
        private final int[] kept = new int[Batch.MAX_ROWS];

        Limiting(RowRange part, Stage next) {
            this.part = part;
            this.next = next;
        }

        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            long before = taken.getAndAdd(count);
            int from = (int) Math.min(count, Math.max(0, part.offset() - before));
            int to = (int) Math.min(count, Math.max(0, part.end() - before));
            int n = to - from;
            if (n <= 0) {
                return;
            }
            if (from == 0 && n == count) {
                next.push(batch, selection, count);
                return;
            }
            for (int i = 0; i < n; i++) {
                kept[i] = Columns.row(selection, from + i);
            }
            next.push(batch, kept, n);
        }

        @Override
        public void end() {
            next.end();
        }

        @Override
        public boolean satisfied() {
            return taken.get() >= part.end() || next.satisfied();
        }

        @Override
        public void close() {
            next.close();
        }
    }
}
