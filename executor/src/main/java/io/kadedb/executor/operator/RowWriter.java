package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.Expr;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Writes rows of expressions without column references into a {@link RowStore}. An expression that stands in many rows, as a
 * default does, is compiled once.
 */
final class RowWriter implements AutoCloseable {
    private static final int MOST_COMPILED = 64;
    private static final Batch ONE_ROW = new Batch(1, List.of());

    private final RowStore rows;
    private final QueryRun run;
    private final IdentityHashMap<Expr, ExpressionEvaluator> compiled = new IdentityHashMap<>();
    private int written;

    RowWriter(RowStore rows, QueryRun run) {
        this.rows = rows;
        this.run = run;
    }

    void append(List<Expr> tuple) {
        if ((++written & 1023) == 0) {
            run.checkpoint();
        }
        rows.beginRow();
        for (int i = 0; i < tuple.size(); i++) {
            // Constants are most of what is written in statements: no kernel is compiled for them.
            if (tuple.get(i) instanceof Expr.Literal literal) {
                rows.builder(i).append(literal.value());
            } else {
                evaluate(tuple.get(i), i);
            }
        }
    }

    private void evaluate(Expr expression, int column) {
        ExpressionEvaluator kept = compiled.get(expression);
        if (kept == null && compiled.size() < MOST_COMPILED) {
            kept = run.kernels().expression(expression, run.evaluation(), run.memory());
            compiled.put(expression, kept);
        }
        if (kept != null) {
            rows.builder(column).append(kept.evaluate(ONE_ROW, null, 1), 0);
            return;
        }
        try (ExpressionEvaluator evaluator = run.kernels().expression(expression, run.evaluation(), run.memory())) {
            ColumnVector value = evaluator.evaluate(ONE_ROW, null, 1);
            rows.builder(column).append(value, 0);
        }
    }

    @Override
    public void close() {
        compiled.values().forEach(ExpressionEvaluator::close);
        compiled.clear();
    }
}
