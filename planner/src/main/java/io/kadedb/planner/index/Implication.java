package io.kadedb.planner.index;

import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a row that fulfils some conditions surely fulfils another one. Knows equal conditions, alternatives, comparisons
 * of one expression with constants, lists, and that what compares as true is not NULL; what it does not know it denies.
 * Conditions are {@link Canonical}.
 */
public final class Implication {
    private static final Set<ScalarFunction> COMPARISONS = Set.of(
            ScalarFunction.EQ,
            ScalarFunction.NE,
            ScalarFunction.LT,
            ScalarFunction.LE,
            ScalarFunction.GT,
            ScalarFunction.GE,
            ScalarFunction.LIKE);

    private final Set<Expr> known = new HashSet<>();

    /** @param conditions that all hold */
    public Implication(List<Expr> conditions) {
        conditions.forEach(this::add);
    }

    private void add(Expr condition) {
        Expr simple = simple(condition);
        if (simple instanceof Call call && call.function() == ScalarFunction.AND) {
            call.args().forEach(this::add);
        } else {
            known.add(simple);
        }
    }

    /** Whether the condition follows. */
    public boolean implies(Expr condition) {
        Expr wanted = simple(condition);
        if (known.contains(wanted)) {
            return true;
        }
        return switch (wanted) {
            case Call call
            when call.function() == ScalarFunction.AND -> call.args().stream().allMatch(this::implies);
            case Call call
            when call.function() == ScalarFunction.OR -> call.args().stream().anyMatch(this::implies);
            case Call call
            when call.function() == ScalarFunction.IS_NOT_NULL ->
                known.stream().anyMatch(each -> isNotNull(each, call.args().getFirst()));
            case Call call when isComparison(call) -> known.stream().anyMatch(each -> bounds(each, call));
            case Expr.InList in -> known.stream().anyMatch(each -> isAmong(each, in));
            default -> false;
        };
    }

    /** A condition that is true for the same rows, without tests of truth. */
    private static Expr simple(Expr condition) {
        if (!(condition instanceof Call call)) {
            return condition;
        }
        Expr first = call.args().isEmpty() ? condition : call.args().getFirst();
        return switch (call.function()) {
            case IS_TRUE -> simple(first);
            case IS_FALSE -> negated(first);
            case EQ ->
                truth(call.args().get(1)) == null
                        ? call
                        : Boolean.TRUE.equals(truth(call.args().get(1))) ? simple(first) : negated(first);
            default -> call;
        };
    }

    private static @Nullable Boolean truth(Expr expression) {
        return (expression instanceof Expr.Literal literal && literal.value() instanceof Boolean truth) ? truth : null;
    }

    private static Expr negated(Expr condition) {
        return new Call(ScalarFunction.NOT, List.of(condition), condition.type(), true);
    }

    /** Whether an expression is not NULL where a condition is true. */
    private static boolean isNotNull(Expr condition, Expr expression) {
        return switch (condition) {
            case Call call
            when COMPARISONS.contains(call.function()) -> call.args().stream().anyMatch(arg -> arg.equals(expression));
            case Call call
            when call.function() == ScalarFunction.NOT ->
                call.args().getFirst().equals(expression)
                        || isNotNull(call.args().getFirst(), expression);
            case Expr.InList in -> in.input().equals(expression);
            default -> condition.equals(expression);
        };
    }

    private static boolean isComparison(Call call) {
        return COMPARISONS.contains(call.function()) && call.args().get(1) instanceof Expr.Literal;
    }

    /** Whether a condition keeps an expression within the bounds of a comparison. */
    private static boolean bounds(Expr condition, Call comparison) {
        Expr compared = comparison.args().getFirst();
        Expr.Literal bound = (Expr.Literal) comparison.args().get(1);
        return switch (condition) {
            case Call call
            when isComparison(call) && call.args().getFirst().equals(compared) ->
                bounds(call.function(), (Expr.Literal) call.args().get(1), comparison.function(), bound);
            case Expr.InList in
            when in.input().equals(compared) ->
                in.values().stream().allMatch(value -> bounds(ScalarFunction.EQ, value, comparison.function(), bound));
            default -> false;
        };
    }

    /** Whether {@code x is value} implies {@code x wanted bound}. */
    private static boolean bounds(ScalarFunction is, Expr.Literal value, ScalarFunction wanted, Expr.Literal bound) {
        Integer order = order(value, bound);
        if (order == null) {
            return false;
        }
        return switch (wanted) {
            case GT -> isLower(is) && (order > 0 || (order == 0 && is == ScalarFunction.GT));
            case GE -> isLower(is) && order >= 0;
            case LT -> isUpper(is) && (order < 0 || (order == 0 && is == ScalarFunction.LT));
            case LE -> isUpper(is) && order <= 0;
            case EQ -> is == ScalarFunction.EQ && order == 0;
            case NE ->
                switch (is) {
                    case EQ -> order != 0;
                    case NE -> order == 0;
                    case GT -> order >= 0;
                    case LT -> order <= 0;
                    case GE -> order > 0;
                    case LE -> order < 0;
                    default -> false;
                };
            default -> false;
        };
    }

    private static boolean isLower(ScalarFunction function) {
        return function == ScalarFunction.EQ || function == ScalarFunction.GT || function == ScalarFunction.GE;
    }

    private static boolean isUpper(ScalarFunction function) {
        return function == ScalarFunction.EQ || function == ScalarFunction.LT || function == ScalarFunction.LE;
    }

    /** How two constants compare; null if that is not known. */
    private static @Nullable Integer order(Expr.Literal a, Expr.Literal b) {
        if (a.type().id() != b.type().id()) {
            return null;
        }
        if (a.value() instanceof Long one && b.value() instanceof Long other) {
            return Long.compare(one, other);
        }
        if (a.value() instanceof BigDecimal one && b.value() instanceof BigDecimal other) {
            return one.compareTo(other);
        }
        // Texts differ where their order may be another than Java's: anything but equal says no more than that.
        if (a.type().id() == TypeId.TEXT && a.value() instanceof String one && b.value() instanceof String other) {
            return one.equals(other) ? 0 : null;
        }
        return null;
    }

    private static boolean isAmong(Expr condition, Expr.InList list) {
        return switch (condition) {
            case Call call
            when call.function() == ScalarFunction.EQ
                    && call.args().getFirst().equals(list.input())
                    && call.args().get(1) instanceof Expr.Literal value -> contains(list, value);
            case Expr.InList in
            when in.input().equals(list.input()) -> in.values().stream().allMatch(value -> contains(list, value));
            default -> false;
        };
    }

    private static boolean contains(Expr.InList list, Expr.Literal value) {
        return list.values().stream().anyMatch(each -> Objects.equals(each.value(), value.value()));
    }
}
