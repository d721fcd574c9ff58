package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.Expr;
import java.util.List;
import java.util.Optional;

/**
 * OFFSET and FETCH with their values.
 *
 * @param fetch how many rows, {@link Long#MAX_VALUE} for all
 */
record RowRange(long offset, long fetch) {
    static RowRange of(Optional<Expr> offset, Optional<Expr> fetch, QueryRun run) {
        long skip = offset.map(e -> number(e, run, 0)).orElse(0L);
        long take = fetch.map(e -> number(e, run, Long.MAX_VALUE)).orElse(Long.MAX_VALUE);
        if (skip < 0) {
            throw KadeException.of(ErrorCode.INVALID_ROW_COUNT_IN_OFFSET, "OFFSET must not be negative");
        }
        if (take < 0) {
            throw KadeException.of(ErrorCode.INVALID_ROW_COUNT_IN_LIMIT, "LIMIT must not be negative");
        }
        return new RowRange(skip, take);
    }

    private static long number(Expr expression, QueryRun run, long ifNull) {
        try (ExpressionEvaluator evaluator = run.kernels().expression(expression, run.evaluation(), run.memory())) {
            Object value = Values.get(evaluator.evaluate(new Batch(1, List.of()), null, 1), 0);
            return value == null ? ifNull : ((Number) value).longValue();
        }
    }

    /** Offset and fetch together: the rows that have to be looked at. */
    long end() {
        return fetch > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + fetch;
    }
}
