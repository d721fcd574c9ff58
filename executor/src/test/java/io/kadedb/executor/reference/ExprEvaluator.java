package io.kadedb.executor.reference;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The value of an expression for one row, by three-valued logic. */
public final class ExprEvaluator {
    private final Scope scope;

    public ExprEvaluator(Scope scope) {
        this.scope = scope;
    }

    boolean isTrue(Expr condition, List<@Nullable Object> row) {
        return Boolean.TRUE.equals(value(condition, row));
    }

    /**
     * The value for a row.
     *
     * @throws Refusal if there is none
     */
    public @Nullable Object value(Expr expression, List<@Nullable Object> row) {
        return switch (expression) {
            case Expr.Column column -> row.get(column.index());
            case Expr.Literal literal -> literal.value();
            case Expr.Parameter parameter -> scope.parameters().get(parameter.index());
            case Expr.SessionValue session -> throw new IllegalArgumentException(session.toString());
            case Expr.OuterColumn column ->
                Objects.requireNonNull(scope.outer().get(column.applyId())).get(column.index());
            case Expr.Cast cast -> {
                Object value = value(cast.input(), row);
                yield value == null
                        ? null
                        : Conversions.cast(value, cast.input().type(), cast.type(), scope.zone());
            }
            case Expr.Case cases -> {
                for (Expr.When when : cases.whens()) {
                    if (isTrue(when.condition(), row)) {
                        yield value(when.result(), row);
                    }
                }
                yield value(cases.otherwise(), row);
            }
            case Expr.InList in -> {
                List<@Nullable Object> candidates = new ArrayList<>();
                in.values().forEach(literal -> candidates.add(literal.value()));
                yield in(value(in.input(), row), candidates);
            }
            case Expr.Call call -> call(call, row);
        };
    }

    /** True if one is equal; else NULL if a comparison was; else false. */
    static @Nullable Boolean in(@Nullable Object value, List<@Nullable Object> candidates) {
        boolean unknown = false;
        for (Object candidate : candidates) {
            if (value == null || candidate == null) {
                unknown = true;
            } else if (ValueOrder.compare(value, candidate) == 0) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    private @Nullable Object call(Expr.Call call, List<@Nullable Object> row) {
        return switch (call.function()) {
            case AND -> logic(call, row, false);
            case OR -> logic(call, row, true);
            case COALESCE -> {
                for (Expr arg : call.args()) {
                    Object value = value(arg, row);
                    if (value != null) {
                        yield value;
                    }
                }
                yield null;
            }
            default -> {
                List<@Nullable Object> values = new ArrayList<>();
                call.args().forEach(arg -> values.add(value(arg, row)));
                yield lenient(call, values);
            }
        };
    }

    /** AND is false, OR is true, as soon as one argument is; NULL if it would take a NULL to decide. */
    private @Nullable Boolean logic(Expr.Call call, List<@Nullable Object> row, boolean decisive) {
        boolean unknown = false;
        for (Expr arg : call.args()) {
            Object value = value(arg, row);
            if (value != null && (Boolean) value == decisive) {
                return decisive;
            }
            unknown |= value == null;
        }
        return unknown ? null : !decisive;
    }

    /** Functions that look at NULLs; all others give NULL for one. */
    private @Nullable Object lenient(Expr.Call call, List<@Nullable Object> values) {
        Object first = values.getFirst();
        return switch (call.function()) {
            case IS_NULL -> first == null;
            case IS_NOT_NULL -> first != null;
            case IS_TRUE -> Boolean.TRUE.equals(first);
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(first);
            case IS_FALSE -> Boolean.FALSE.equals(first);
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(first);
            case IS_DISTINCT_FROM -> !ValueOrder.same(first, values.get(1));
            case IS_NOT_DISTINCT_FROM -> ValueOrder.same(first, values.get(1));
            case GREATEST -> extreme(values, 1);
            case LEAST -> extreme(values, -1);
            case CONCAT_FUNCTION -> {
                StringBuilder text = new StringBuilder();
                values.stream().filter(Objects::nonNull).forEach(text::append);
                yield text.toString();
            }
            default -> strict(call, values);
        };
    }

    private static @Nullable Object extreme(List<@Nullable Object> values, int direction) {
        Object best = null;
        for (Object value : values) {
            if (value != null && (best == null || direction * ValueOrder.compare(value, best) > 0)) {
                best = value;
            }
        }
        return best;
    }

    private @Nullable Object strict(Expr.Call call, List<@Nullable Object> values) {
        List<Object> present = new ArrayList<>();
        for (Object value : values) {
            if (value == null) {
                return null;
            }
            present.add(value);
        }
        Object a = present.getFirst();
        Object b = present.size() > 1 ? present.get(1) : a;
        return switch (call.function()) {
            case NOT -> !(Boolean) a;
            case EQ -> ValueOrder.compare(a, b) == 0;
            case NE -> ValueOrder.compare(a, b) != 0;
            case LT -> ValueOrder.compare(a, b) < 0;
            case LE -> ValueOrder.compare(a, b) <= 0;
            case GT -> ValueOrder.compare(a, b) > 0;
            case GE -> ValueOrder.compare(a, b) >= 0;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO ->
                Arithmetic.apply(
                        call.function(),
                        a,
                        call.args().get(0).type(),
                        b,
                        call.args().get(1).type(),
                        call.type(),
                        scope.zone());
            default -> Functions.apply(call, present, scope.zone());
        };
    }

    /** Whether a function gives NULL exactly when one of its arguments is. */
    static boolean isStrict(ScalarFunction function) {
        return switch (function) {
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> false;
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, GREATEST, LEAST, CONCAT_FUNCTION, COALESCE -> false;
            default -> true;
        };
    }
}
