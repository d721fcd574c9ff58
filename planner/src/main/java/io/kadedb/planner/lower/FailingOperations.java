package io.kadedb.planner.lower;

import io.kadedb.planner.physical.Expr;
import java.util.Comparator;
import java.util.List;

/**
 * How many operations of an expression may fail: arithmetic, functions and casts. Conditions with few of them come first,
 * so that the others see fewer rows; PostgreSQL orders by cost ({@code cost_qual_eval}), to much the same effect.
 */
final class FailingOperations {
    private FailingOperations() {}

    /** The conditions, those with the fewest first, and with as many in their order. */
    static List<Expr> ordered(List<Expr> conditions) {
        return conditions.stream()
                .sorted(Comparator.comparingInt(FailingOperations::of))
                .toList();
    }

    private static int of(Expr expr) {
        return switch (expr) {
            case Expr.Column ignored -> 0;
            case Expr.Literal ignored -> 0;
            case Expr.Parameter ignored -> 0;
            case Expr.SessionValue ignored -> 0;
            case Expr.OuterColumn ignored -> 0;
            case Expr.Call call -> own(call) + sum(call.args());
            case Expr.Cast cast -> 1 + of(cast.input());
            case Expr.InList list -> of(list.input());
            case Expr.Case cases -> {
                int count = of(cases.otherwise());
                for (Expr.When when : cases.whens()) {
                    count += of(when.condition()) + of(when.result());
                }
                yield count;
            }
        };
    }

    private static int own(Expr.Call call) {
        return switch (call.function()) {
            case AND, OR, NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, COALESCE -> 0;
            case EQ, NE, LT, LE, GT, GE, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, LIKE, ILIKE -> 0;
            default -> 1;
        };
    }

    private static int sum(List<Expr> exprs) {
        return exprs.stream().mapToInt(FailingOperations::of).sum();
    }
}
