package io.kadedb.planner.estimate;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.api.StatisticsSource.Column;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.Expr.Literal;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The share of rows for which a condition is true. */
public final class Selectivity {
    static final double EQUALITY = 0.05;
    static final double RANGE = 1.0 / 3;
    /** Of two bounds of which one at least is not known. */
    public static final double UNKNOWN_PAIR = 0.005;

    static final double PREFIX = 0.05;
    static final double CONTAINS = 0.1;
    static final double UNKNOWN = 0.25;

    private final IntFunction<Column> columns;
    private final IntToDoubleFunction remaining;

    /** Estimates by the statistics of the columns that conditions are over, of which all values are there. */
    public Selectivity(IntFunction<Column> columns) {
        this(columns, index -> columns.apply(index).distinct());
    }

    /**
     * Estimates by the statistics of the columns that conditions are over.
     *
     * @param remaining how many values of a column other conditions have left at most; 0 for not known
     */
    Selectivity(IntFunction<Column> columns, IntToDoubleFunction remaining) {
        this.columns = columns;
        this.remaining = remaining;
    }

    /** A number from 0 to 1. */
    public double of(Expr condition) {
        return Math.clamp(estimate(condition), 0.0, 1.0);
    }

    private double estimate(Expr condition) {
        return switch (condition) {
            case Literal literal -> Boolean.TRUE.equals(literal.value()) ? 1 : 0;
            case Expr.InList in -> Math.min(1, in.values().size() * equality(in.input()));
            case Call call -> call(call);
            case Expr.Column column -> 0.5;
            default -> UNKNOWN;
        };
    }

    private double call(Call call) {
        return switch (call.function()) {
            case AND -> conjunction(call.args());
            case OR -> {
                double none = 1;
                for (Expr arg : call.args()) {
                    none *= 1 - of(arg);
                }
                yield 1 - none;
            }
            case NOT -> 1 - of(call.args().getFirst());
            case EQ, IS_NOT_DISTINCT_FROM ->
                equality(call.args().get(0), call.args().get(1));
            case NE, IS_DISTINCT_FROM ->
                1 - equality(call.args().get(0), call.args().get(1));
            case LT, LE, GT, GE -> bound(call).map(bound -> bound.share).orElse(RANGE);
            case IS_NULL -> nullShare(call.args().getFirst());
            case IS_NOT_NULL -> 1 - nullShare(call.args().getFirst());
            case LIKE, ILIKE, STARTS_WITH -> like(call);
            default -> UNKNOWN;
        };
    }

    /** Conditions on one column as a range, the rest independently. */
    private double conjunction(List<Expr> args) {
        Map<Integer, List<Bound>> ranges = new HashMap<>();
        double share = 1;
        for (Expr arg : args) {
            Optional<Bound> bound = arg instanceof Call call ? bound(call) : Optional.empty();
            if (bound.isPresent()) {
                ranges.computeIfAbsent(bound.get().column, key -> new ArrayList<>())
                        .add(bound.get());
            } else {
                share *= of(arg);
            }
        }
        for (List<Bound> bounds : ranges.values()) {
            share *= range(bounds);
        }
        return share;
    }

    private static double range(List<Bound> bounds) {
        double below = 1;
        double above = 1;
        for (Bound bound : bounds) {
            if (bound.upper) {
                below = Math.min(below, bound.share);
            } else {
                above = Math.min(above, bound.share);
            }
        }
        return Math.max(below + above - 1, Math.min(below, above) * 0.001);
    }

    /** A column compared with a constant whose place between least and greatest value is known. */
    private record Bound(int column, boolean upper, double share) {}

    private Optional<Bound> bound(Call call) {
        boolean upper = call.function() == ScalarFunction.LT || call.function() == ScalarFunction.LE;
        boolean lower = call.function() == ScalarFunction.GT || call.function() == ScalarFunction.GE;
        if (!(upper || lower)
                || !(call.args().get(0) instanceof Expr.Column column)
                || !(call.args().get(1) instanceof Literal literal)) {
            return Optional.empty();
        }
        Column statistics = columns.apply(column.index());
        OptionalDouble min = number(statistics.min());
        OptionalDouble max = number(statistics.max());
        OptionalDouble value = number(literal.value());
        if (min.isEmpty() || max.isEmpty() || value.isEmpty() || max.getAsDouble() <= min.getAsDouble()) {
            return Optional.empty();
        }
        double below = Math.clamp(
                (value.getAsDouble() - min.getAsDouble()) / (max.getAsDouble() - min.getAsDouble()), 0.0, 1.0);
        return Optional.of(new Bound(column.index(), upper, upper ? below : 1 - below));
    }

    private static OptionalDouble number(@Nullable Object value) {
        return switch (value) {
            case Long number -> OptionalDouble.of(number);
            case Double number when Double.isFinite(number) -> OptionalDouble.of(number);
            case BigDecimal number -> OptionalDouble.of(number.doubleValue());
            case null, default -> OptionalDouble.empty();
        };
    }

    private double equality(Expr left, Expr right) {
        return valued(right)
                ? Math.min(
                        equality(left, index -> columns.apply(index).distinct()),
                        equality(right, index -> columns.apply(index).distinct()))
                : equality(left);
    }

    /** Whether an expression has a value for each row. */
    private static boolean valued(Expr expression) {
        return expression instanceof Expr.Column
                || (expression instanceof Expr.Cast cast && cast.input() instanceof Expr.Column);
    }

    /** The share of rows in which an expression has a given value. */
    private double equality(Expr expression) {
        return equality(expression, remaining);
    }

    private static double equality(Expr expression, IntToDoubleFunction distinct) {
        Expr inner = expression instanceof Expr.Cast cast ? cast.input() : expression;
        if (inner instanceof Expr.Column column) {
            double values = distinct.applyAsDouble(column.index());
            return values > 0 ? 1 / values : EQUALITY;
        }
        return inner.type().equals(SqlType.BOOLEAN) ? 0.5 : EQUALITY;
    }

    private double nullShare(Expr expression) {
        return expression instanceof Expr.Column column
                ? columns.apply(column.index()).nullFraction()
                : EQUALITY;
    }

    private static double like(Call call) {
        if (call.args().get(1) instanceof Literal literal && literal.value() instanceof String pattern) {
            return pattern.startsWith("%") || pattern.startsWith("_") ? CONTAINS : PREFIX;
        }
        return CONTAINS;
    }
}
