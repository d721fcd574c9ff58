package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.OrderKeys;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.WindowFrame;
import io.kadedb.planner.physical.WindowFrame.Bound;
import io.kadedb.planner.physical.WindowFrame.Mode;
import java.math.BigDecimal;
import java.util.List;

/** Computes and checks the offsets of frames. */
final class FrameOffsets {
    private static final Interval NO_TIME = new Interval(0, 0, 0);
    /** More rows than there ever are, and far from overflow. */
    private static final long MOST = 1L << 40;

    private FrameOffsets() {}

    /**
     * Rows or groups of a bound; 0 where it has none.
     *
     * @throws KadeException 22013 for a negative offset, 22004 for NULL
     */
    static long rows(WindowFrame frame, Bound bound, boolean start, QueryRun run) {
        if (bound.offset().isEmpty()) {
            return 0;
        }
        Object value = value(bound.offset().get(), run);
        String which = start ? "starting" : "ending";
        if (value == null) {
            throw KadeException.of(ErrorCode.NULL_VALUE_NOT_ALLOWED, "frame " + which + " offset must not be null");
        }
        if (frame.mode() == Mode.RANGE) {
            if (isNegative(value)) {
                throw KadeException.of(
                        ErrorCode.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                        "invalid preceding or following size in window function");
            }
            return 0;
        }
        long rows = ((Number) value).longValue();
        if (rows < 0) {
            throw KadeException.of(
                    ErrorCode.INVALID_PRECEDING_OR_FOLLOWING_SIZE, "frame " + which + " offset must not be negative");
        }
        return Math.min(rows, MOST);
    }

    private static boolean isNegative(Object offset) {
        return switch (offset) {
            case Long number -> number < 0;
            case Double number -> !(number >= 0);
            case BigDecimal number -> number.signum() < 0;
            case Interval interval -> OrderKeys.compare(interval, NO_TIME) < 0;
            default -> throw new IllegalArgumentException("a frame offset of " + offset.getClass());
        };
    }

    private static @org.jspecify.annotations.Nullable Object value(Expr offset, QueryRun run) {
        try (ExpressionEvaluator evaluator = run.kernels().expression(offset, run.evaluation(), run.memory())) {
            return Values.get(evaluator.evaluate(new Batch(1, List.of()), null, 1), 0);
        }
    }
}
