package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.kernel.PredicateEvaluator;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.Expr;
import org.jspecify.annotations.Nullable;

/** Shrinks the selection to the rows for which a condition is true. */
final class FilterRows implements Stage {
    private final PredicateEvaluator condition;
    private final Stage next;
    private final int[] kept = new int[Batch.MAX_ROWS];

    FilterRows(Expr condition, Worker worker, Stage next) {
        this.condition = worker.run()
                .kernels()
                .predicate(condition, worker.run().evaluation(), worker.run().memory());
        this.next = next;
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        int n = condition.select(batch, selection, count, kept);
        if (n > 0) {
            next.push(batch, n == batch.length() ? null : kept, n);
        }
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
        condition.close();
        next.close();
    }
}
