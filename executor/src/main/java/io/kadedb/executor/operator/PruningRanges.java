package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.value.ValueOrder;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.storage.api.ColumnRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bounds on columns that every row a filter keeps must meet: what storage may skip segments by. */
final class PruningRanges {
    private final List<Integer> columns;
    private final QueryRun run;
    private final List<ColumnRange> found = new ArrayList<>();

    private PruningRanges(List<Integer> columns, QueryRun run) {
        this.columns = columns;
        this.run = run;
    }

    /**
     * The bounds in the conjuncts of a filter.
     *
     * @param columns the table's ordinal of each column of the filter's input
     */
    static List<ColumnRange> of(Expr filter, List<Integer> columns, QueryRun run) {
        PruningRanges ranges = new PruningRanges(columns, run);
        ranges.collect(filter);
        return ranges.found;
    }

    private void collect(Expr condition) {
        if (condition instanceof Expr.InList in) {
            column(in.input()).ifPresent(column -> inList(column, in.values()));
        } else if (condition instanceof Expr.Call call) {
            if (call.function() == ScalarFunction.AND) {
                call.args().forEach(this::collect);
            } else if (call.args().size() == 2) {
                comparison(call.function(), call.args().get(0), call.args().get(1));
            }
        }
    }

    private void comparison(ScalarFunction function, Expr left, Expr right) {
        if (isConstant(right)) {
            column(left).ifPresent(column -> bound(function, column, right));
        } else if (isConstant(left)) {
            column(right).ifPresent(column -> bound(mirrored(function), column, left));
        }
    }

    /** The column that an expression reads, a path's value among them. */
    private static Optional<Expr.Column> column(Expr expression) {
        Expr read = expression instanceof Expr.Call call && call.function() == ScalarFunction.SHREDDED
                ? call.args().getFirst()
                : expression;
        return read instanceof Expr.Column column ? Optional.of(column) : Optional.empty();
    }

    private static ScalarFunction mirrored(ScalarFunction function) {
        return switch (function) {
            case LT -> ScalarFunction.GT;
            case LE -> ScalarFunction.GE;
            case GT -> ScalarFunction.LT;
            case GE -> ScalarFunction.LE;
            default -> function;
        };
    }

    private static boolean isConstant(Expr expression) {
        return switch (expression) {
            case Expr.Literal literal -> true;
            case Expr.Parameter parameter -> true;
            case Expr.SessionValue session -> true;
            case Expr.Cast cast -> isConstant(cast.input());
            case Expr.OuterColumn outer -> false;
            case Expr.Column column -> false;
            case Expr.Case branches -> false;
            case Expr.InList in -> false;
            case Expr.Call call ->
                !call.function().isVolatile() && call.args().stream().allMatch(PruningRanges::isConstant);
        };
    }

    private void bound(ScalarFunction function, Expr.Column column, Expr constant) {
        int ordinal = columns.get(column.index());
        // Documents are not stored in their order.
        if (ordinal < 0 || !isComparison(function) || column.type().isJson()) {
            return;
        }
        Object value = value(constant);
        if (value == null || (value instanceof Double d && d.isNaN())) {
            return;
        }
        switch (function) {
            case EQ -> found.add(new ColumnRange(ordinal, value, true, value, true));
            case LT -> found.add(new ColumnRange(ordinal, null, false, value, false));
            case LE -> found.add(new ColumnRange(ordinal, null, false, value, true));
            case GT -> found.add(new ColumnRange(ordinal, value, false, null, false));
            case GE -> found.add(new ColumnRange(ordinal, value, true, null, false));
            default -> throw new IllegalStateException("not a comparison: " + function);
        }
    }

    private static boolean isComparison(ScalarFunction function) {
        return switch (function) {
            case EQ, LT, LE, GT, GE -> true;
            default -> false;
        };
    }

    private @Nullable Object value(Expr constant) {
        if (constant instanceof Expr.Literal literal) {
            return literal.value();
        }
        try (ExpressionEvaluator evaluator = run.kernels().expression(constant, run.evaluation(), run.memory())) {
            return Values.get(evaluator.evaluate(new Batch(1, List.of()), null, 1), 0);
        }
    }

    private void inList(Expr.Column column, List<Expr.Literal> values) {
        int ordinal = columns.get(column.index());
        Object least = null;
        Object most = null;
        for (Expr.Literal literal : values) {
            Object value = literal.value();
            if (ordinal < 0 || value == null || value instanceof String || !(value instanceof Comparable<?>)) {
                return;
            }
            least = least == null || ValueOrder.compare(value, least) < 0 ? value : least;
            most = most == null || ValueOrder.compare(value, most) > 0 ? value : most;
        }
        if (least != null) {
            found.add(new ColumnRange(ordinal, least, true, most, true));
        }
    }
}
