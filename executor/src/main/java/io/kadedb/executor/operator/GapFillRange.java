package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.value.TimeBuckets;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.GapFill.Bound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buckets that gap filling is to give, as numbers of the time's type.
 *
 * @param first the begin of the first bucket
 * @param end what all begins are below
 */
record GapFillRange(TimeBuckets buckets, long first, long end) {

    /**
     * Computes the range of a plan.
     *
     * @throws KadeException 22023 for a width, start or finish that is NULL, and for a start behind the finish
     */
    static GapFillRange of(PhysicalPlan.GapFill plan, QueryRun run) {
        SqlType type = plan.input().output().get(plan.time()).type();
        Object width = value(plan.width(), run);
        Object zone = plan.zone().isPresent() ? value(plan.zone().get(), run) : "";
        if (width == null || zone == null) {
            throw invalid((width == null ? "bucket_width" : "timezone") + " cannot be NULL");
        }
        TimeBuckets buckets = TimeBuckets.of(type, width, plan.zone().isPresent() ? (String) zone : null);
        long start = Long.MIN_VALUE;
        for (Bound bound : plan.starts()) {
            long value = number(bound.value(), "start", run);
            start = Math.max(start, bound.inclusive() ? value : Math.addExact(value, 1));
        }
        long end = Long.MAX_VALUE;
        for (Bound bound : plan.finishes()) {
            long value = number(bound.value(), "finish", run);
            end = Math.min(end, bound.inclusive() ? Math.addExact(value, 1) : value);
        }
        if (start > end) {
            throw invalid("start must be before finish");
        }
        return new GapFillRange(buckets, buckets.begin(start), end);
    }

    /** The begin of the bucket behind one, or the end. */
    long after(long begin) {
        return begin >= end ? end : buckets.next(begin);
    }

    private static long number(Expr bound, String name, QueryRun run) {
        Object value = value(bound, run);
        if (value == null) {
            throw invalid(name + " cannot be NULL");
        }
        return ((Number) value).longValue();
    }

    private static KadeException invalid(String message) {
        return KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "invalid time_bucket_gapfill argument: " + message);
    }

    private static @Nullable Object value(Expr constant, QueryRun run) {
        try (ExpressionEvaluator evaluator = run.kernels().expression(constant, run.evaluation(), run.memory())) {
            return Values.get(evaluator.evaluate(new Batch(1, List.of()), null, 1), 0);
        }
    }
}
