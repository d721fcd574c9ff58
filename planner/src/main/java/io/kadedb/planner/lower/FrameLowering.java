package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.functions.KadeFrameOffset;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.physical.WindowFrame;
import io.kadedb.planner.physical.WindowFrame.Bound;
import io.kadedb.planner.physical.WindowFrame.Exclusion;
import io.kadedb.planner.physical.WindowFrame.Mode;
import io.kadedb.planner.physical.WindowFrame.Place;
import io.kadedb.planner.types.TypeRules;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.jspecify.annotations.Nullable;

/** Lowers the frames of windows; for RANGE with offsets the limits of each row's frame become columns. */
final class FrameLowering {
    private final ExprBuilder expressions;

    FrameLowering(ExprBuilder expressions) {
        this.expressions = expressions;
    }

    WindowFrame frame(RexWindow window, Lowered input, WindowPlanner.Computed below) {
        RexWindowBound lower = window.getLowerBound();
        RexWindowBound upper = window.getUpperBound();
        Mode mode = mode(window, lower, upper);
        Exclusion exclusion = exclusion(window.getExclude());
        if (mode != Mode.RANGE || (lower.getOffset() == null && upper.getOffset() == null)) {
            return new WindowFrame(mode, bound(lower, mode), bound(upper, mode), exclusion, Optional.empty());
        }
        Limits limits = limits(window, input, below, lower, upper);
        return new WindowFrame(
                mode, limits.start(lower), limits.end(upper), exclusion, Optional.of(below.column(limits.key)));
    }

    private static Mode mode(RexWindow window, RexWindowBound lower, RexWindowBound upper) {
        KadeFrameOffset mark = marked(lower.getOffset());
        if (mark == null) {
            mark = marked(upper.getOffset());
        }
        if (mark != null) {
            return mark.mode();
        }
        return window.isRows() ? Mode.ROWS : Mode.RANGE;
    }

    private static @Nullable KadeFrameOffset marked(@Nullable RexNode offset) {
        return offset instanceof RexCall call && call.getOperator() instanceof KadeFrameOffset mark ? mark : null;
    }

    private static Exclusion exclusion(RexWindowExclusion exclusion) {
        return switch (exclusion) {
            case EXCLUDE_NO_OTHER -> Exclusion.NO_OTHERS;
            case EXCLUDE_CURRENT_ROW -> Exclusion.CURRENT_ROW;
            case EXCLUDE_GROUP -> Exclusion.GROUP;
            case EXCLUDE_TIES -> Exclusion.TIES;
        };
    }

    private static Place place(RexWindowBound bound) {
        if (bound.isCurrentRow()) {
            return Place.CURRENT_ROW;
        }
        if (bound.isUnbounded()) {
            return bound.isPreceding() ? Place.UNBOUNDED_PRECEDING : Place.UNBOUNDED_FOLLOWING;
        }
        return bound.isPreceding() ? Place.PRECEDING : Place.FOLLOWING;
    }

    private Bound bound(RexWindowBound bound, Mode mode) {
        RexNode offset = bound.getOffset();
        if (offset == null) {
            return Bound.of(place(bound));
        }
        Expr count = expressions.cast(constant(offset, mode), SqlType.BIGINT);
        return new Bound(place(bound), Optional.of(count), Optional.empty());
    }

    /** What is in the parser's mark. */
    private Expr constant(RexNode offset, Mode mode) {
        RexNode value = offset instanceof RexCall call && call.getOperator() instanceof KadeFrameOffset
                ? call.getOperands().getFirst()
                : offset;
        return expressions.build(value, index -> {
            throw KadeException.of(
                    ErrorCode.INVALID_COLUMN_REFERENCE, "argument of " + mode + " must not contain variables");
        });
    }

    private Limits limits(
            RexWindow window, Lowered input, WindowPlanner.Computed below, RexWindowBound lower, RexWindowBound upper) {
        if (window.orderKeys.size() != 1) {
            throw KadeException.of(
                    ErrorCode.WINDOWING_ERROR,
                    "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column");
        }
        RexFieldCollation order = window.orderKeys.getFirst();
        Expr key = expressions.build(order.left, input::column);
        Expr start = lower.getOffset() == null ? null : constant(lower.getOffset(), Mode.RANGE);
        Expr end = upper.getOffset() == null ? null : constant(upper.getOffset(), Mode.RANGE);
        SqlType offsetType = offsetType(key.type(), start, end);
        return new Limits(
                below, keyIn(key, offsetType), offsetType, order.getDirection().isDescending(), start, end);
    }

    /** The type both offsets are wanted in. */
    private static SqlType offsetType(SqlType key, @Nullable Expr start, @Nullable Expr end) {
        SqlType type = offsetType(key, start);
        SqlType other = offsetType(key, end);
        return TypeRules.common(type, other).orElse(type);
    }

    private static SqlType offsetType(SqlType key, @Nullable Expr offset) {
        SqlType own = offset == null || offset.type().isText() || offset.type().id() == TypeId.NULL
                ? SqlType.NULL
                : offset.type();
        boolean any = own.id() == TypeId.NULL;
        return switch (key.id()) {
            case SMALLINT, INTEGER -> {
                SqlType sum = own.id() == TypeId.BIGINT ? SqlType.decimal(19, 0) : SqlType.BIGINT;
                yield when(any || own.isInteger(), sum, key, own);
            }
            // So that neither sum nor difference leaves the type.
            case BIGINT -> when(any || own.isInteger(), SqlType.decimal(19, 0), key, own);
            case DECIMAL ->
                when(
                        any || own.isInteger() || own.id() == TypeId.DECIMAL,
                        any ? key : TypeRules.asDecimal(own),
                        key,
                        own);
            case REAL, DOUBLE -> when(any || own.isNumeric(), SqlType.DOUBLE, key, own);
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, INTERVAL ->
                when(any || own.id() == TypeId.INTERVAL, SqlType.INTERVAL, key, own);
            default -> when(false, key, key, own);
        };
    }

    private static SqlType when(boolean supported, SqlType type, SqlType key, SqlType offset) {
        if (!supported) {
            String types = "column type " + key.id().sqlName()
                    + (offset.id() == TypeId.NULL
                            ? ""
                            : " and offset type " + offset.id().sqlName());
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "RANGE with offset PRECEDING/FOLLOWING is not supported for " + types)
                    .hint("cast the offset value to an appropriate type");
        }
        return type;
    }

    /** The value ordered by in the type of its sums with offsets. */
    private Expr keyIn(Expr key, SqlType offset) {
        return expressions.cast(
                key,
                switch (key.type().id()) {
                    case SMALLINT, INTEGER -> offset.id() == TypeId.DECIMAL ? SqlType.decimal(20, 0) : SqlType.BIGINT;
                    case BIGINT -> SqlType.decimal(20, 0);
                    case DECIMAL -> TypeRules.add(key.type(), offset);
                    case REAL, DOUBLE -> SqlType.DOUBLE;
                    case DATE -> SqlType.TIMESTAMP;
                    case TIME -> SqlType.INTERVAL;
                    default -> key.type();
                });
    }

    /** The limits of frames as columns. */
    private final class Limits {
        private final WindowPlanner.Computed below;
        private final Expr key;
        private final SqlType offsetType;
        private final boolean descending;
        private final @Nullable Expr start;
        private final @Nullable Expr end;

        Limits(
                WindowPlanner.Computed below,
                Expr key,
                SqlType offsetType,
                boolean descending,
                @Nullable Expr start,
                @Nullable Expr end) {
            this.below = below;
            this.key = key;
            this.offsetType = offsetType;
            this.descending = descending;
            this.start = start;
            this.end = end;
        }

        Bound start(RexWindowBound bound) {
            return start == null ? Bound.of(place(bound)) : limited(bound, start, !descending);
        }

        Bound end(RexWindowBound bound) {
            return end == null ? Bound.of(place(bound)) : limited(bound, end, descending);
        }

        private Bound limited(RexWindowBound bound, Expr offset, boolean least) {
            Expr distance = expressions.cast(offset, offsetType);
            boolean less = bound.isPreceding() != descending;
            Expr limit = expressions.arithmetic(
                    less ? ScalarFunction.SUBTRACT : ScalarFunction.ADD, key, distance, key.type());
            return new Bound(
                    place(bound), Optional.of(distance), Optional.of(below.column(infinite(limit, distance, least))));
        }

        /**
         * The limit, where an infinite offset from the opposite infinity leaves nothing: all values but NaN are within,
         * as in PostgreSQL.
         *
         * @param least whether the least value, not the greatest, is the outermost
         */
        private Expr infinite(Expr limit, Expr distance, boolean least) {
            boolean finite = distance instanceof Expr.Literal literal
                    && literal.value() instanceof Double number
                    && Double.isFinite(number);
            if (key.type().id() != TypeId.DOUBLE || finite) {
                return limit;
            }
            Expr nan = new Expr.Literal(Double.NaN, SqlType.DOUBLE);
            Expr lost = new Expr.Call(
                    ScalarFunction.AND,
                    List.of(equal(ScalarFunction.EQ, limit, nan), equal(ScalarFunction.NE, key, nan)),
                    SqlType.BOOLEAN,
                    true);
            double outermost = least ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return new Expr.Case(
                    List.of(new Expr.When(lost, new Expr.Literal(outermost, SqlType.DOUBLE))),
                    limit,
                    SqlType.DOUBLE,
                    true);
        }

        private static Expr equal(ScalarFunction function, Expr value, Expr other) {
            return new Expr.Call(function, List.of(value, other), SqlType.BOOLEAN, true);
        }
    }
}
