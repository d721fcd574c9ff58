package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.Expr;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes expressions; the selection stays as it is. */
final class ProjectRows implements Stage {
    /** The column each expression is, or -1. */
    private final int[] columns;

    private final @Nullable ExpressionEvaluator[] evaluators;
    private final Stage next;

    ProjectRows(List<Expr> expressions, Worker worker, Stage next) {
        this.next = next;
        columns = new int[expressions.size()];
        evaluators = new ExpressionEvaluator[expressions.size()];
        for (int i = 0; i < columns.length; i++) {
            if (expressions.get(i) instanceof Expr.Column column) {
                columns[i] = column.index();
            } else {
                columns[i] = -1;
                evaluators[i] = worker.run()
                        .kernels()
                        .expression(
                                expressions.get(i),
                                worker.run().evaluation(),
                                worker.run().memory());
            }
        }
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        ColumnVector[] out = new ColumnVector[columns.length];
        for (int i = 0; i < out.length; i++) {
            ExpressionEvaluator evaluator = evaluators[i];
            out[i] = evaluator == null ? batch.column(columns[i]) : evaluator.evaluate(batch, selection, count);
        }
        next.push(new Batch(batch.length(), Arrays.asList(out)), selection, count);
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
        for (ExpressionEvaluator evaluator : evaluators) {
            if (evaluator != null) {
                evaluator.close();
            }
        }
        next.close();
    }
}
