package io.kadedb.planner.lower;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.Expr.Literal;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes at planning time what depends on constants alone and cannot fail there. Session values and parameters stay.
 * Whatever would be an error is left to run time, which may never reach it.
 */
final class ConstantFolding {
    static final Literal TRUE = new Literal(true, SqlType.BOOLEAN);
    static final Literal FALSE = new Literal(false, SqlType.BOOLEAN);

    /** NULL as soon as an argument is: the others are not computed then, and cannot fail, as in PostgreSQL. */
    private static final Set<ScalarFunction> STRICT = Set.of(
            ScalarFunction.EQ,
            ScalarFunction.NE,
            ScalarFunction.LT,
            ScalarFunction.LE,
            ScalarFunction.GT,
            ScalarFunction.GE,
            ScalarFunction.ADD,
            ScalarFunction.SUBTRACT,
            ScalarFunction.MULTIPLY,
            ScalarFunction.DIVIDE,
            ScalarFunction.MODULO,
            ScalarFunction.NEGATE,
            ScalarFunction.LIKE,
            ScalarFunction.ILIKE);

    private final ZoneId zone;

    ConstantFolding(ZoneId zone) {
        this.zone = zone;
    }

    /** A cast, done now if it can be. */
    Expr cast(Expr input, SqlType to) {
        if (input.type().equals(to)) {
            return input;
        }
        if (input instanceof Literal literal) {
            Optional<Literal> folded = ConstantCasts.cast(literal, to, zone);
            if (folded.isPresent()) {
                return folded.get();
            }
        }
        return new Expr.Cast(input, to);
    }

    Expr call(Call call) {
        return switch (call.function()) {
            case AND -> junction(call, FALSE, TRUE);
            case OR -> junction(call, TRUE, FALSE);
            case NOT -> not(call);
            default -> {
                if (STRICT.contains(call.function()) && call.args().stream().anyMatch(ConstantFolding::isNull)) {
                    yield new Literal(null, call.type());
                }
                yield call.args().stream().allMatch(Literal.class::isInstance) ? constant(call) : call;
            }
        };
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Literal literal && literal.value() == null;
    }

    /** AND or OR: flattened; the absorbing constant decides, the neutral one goes. */
    private static Expr junction(Call call, Literal absorbing, Literal neutral) {
        List<Expr> args = new ArrayList<>();
        for (Expr arg : call.args()) {
            if (arg.equals(absorbing)) {
                return absorbing;
            }
            if (arg instanceof Call inner && inner.function() == call.function()) {
                args.addAll(inner.args());
            } else if (!arg.equals(neutral)) {
                args.add(arg);
            }
        }
        if (args.isEmpty()) {
            return neutral;
        }
        return args.size() == 1 ? args.getFirst() : new Call(call.function(), args, call.type(), call.nullable());
    }

    /**
     * The condition of rows that are kept: false where it is NULL for all of them, whatever its other parts say; what may
     * fail is asked last.
     */
    static Expr kept(Expr condition) {
        if (!(condition instanceof Call call) || call.function() != ScalarFunction.AND) {
            return isNull(condition) ? FALSE : condition;
        }
        return call.args().stream().anyMatch(ConstantFolding::isNull)
                ? FALSE
                : new Call(ScalarFunction.AND, FailingOperations.ordered(call.args()), call.type(), call.nullable());
    }

    private static Expr not(Call call) {
        Expr arg = call.args().getFirst();
        if (arg instanceof Literal literal && literal.value() instanceof Boolean value) {
            return value ? FALSE : TRUE;
        }
        if (isNull(arg)) {
            return arg;
        }
        if (arg instanceof Call inner && inner.function() == ScalarFunction.NOT) {
            return inner.args().getFirst();
        }
        return call;
    }

    private static Expr constant(Call call) {
        List<Object> values = new ArrayList<>();
        for (Expr arg : call.args()) {
            Object value = ((Literal) arg).value();
            if (value == null) {
                return call;
            }
            values.add(value);
        }
        try {
            Object result = result(call, values);
            return result == null ? call : new Literal(result, call.type());
        } catch (ArithmeticException | DateTimeException e) {
            return call;
        }
    }

    private static @Nullable Object result(Call call, List<Object> values) {
        SqlType type = call.type();
        return switch (call.function()) {
            case NEGATE ->
                values.getFirst() instanceof Interval interval
                        ? new Interval(-interval.months(), -interval.days(), -interval.micros())
                        : number(type, numeric(values.getFirst()).map(BigDecimal::negate));
            case ADD ->
                values.get(1) instanceof Interval interval
                        ? moved(call, values.getFirst(), interval, 1)
                        : arithmetic(call, values);
            case SUBTRACT ->
                values.get(1) instanceof Interval interval
                        ? moved(call, values.getFirst(), interval, -1)
                        : arithmetic(call, values);
            case MULTIPLY -> arithmetic(call, values);
            case DIVIDE, MODULO -> call.type().isInteger() ? arithmetic(call, values) : null;
            case EQ, NE, LT, LE, GT, GE -> comparison(call.function(), values);
            case IS_NULL -> false;
            case IS_NOT_NULL -> true;
            default -> null;
        };
    }

    private static @Nullable Object moved(Call call, Object value, Interval interval, int sign) {
        return call.type().id() == TypeId.TIMESTAMP && value instanceof Long micros
                ? ConstantCasts.plus(micros, interval, sign)
                : null;
    }

    private static Optional<BigDecimal> numeric(Object value) {
        return switch (value) {
            case Long number -> Optional.of(BigDecimal.valueOf(number));
            case BigDecimal number -> Optional.of(number);
            default -> Optional.empty();
        };
    }

    private static @Nullable Object arithmetic(Call call, List<Object> values) {
        boolean exact = call.args().stream().allMatch(arg -> arg.type().isNumeric());
        if (!exact || values.size() != 2) {
            return null;
        }
        Optional<BigDecimal> left = numeric(values.get(0));
        Optional<BigDecimal> right = numeric(values.get(1));
        if (left.isEmpty() || right.isEmpty()) {
            return null;
        }
        BigDecimal result = switch (call.function()) {
            case ADD -> left.get().add(right.get());
            case SUBTRACT -> left.get().subtract(right.get());
            case DIVIDE -> left.get().divideToIntegralValue(right.get());
            case MODULO -> left.get().remainder(right.get());
            default -> left.get().multiply(right.get());
        };
        return number(call.type(), Optional.of(result));
    }

    private static @Nullable Object number(SqlType type, Optional<BigDecimal> value) {
        if (value.isEmpty()) {
            return null;
        }
        return switch (type.id()) {
            case SMALLINT -> (long) value.get().shortValueExact();
            case INTEGER -> (long) value.get().intValueExact();
            case BIGINT -> value.get().longValueExact();
            case DECIMAL -> fitting(value.get(), type);
            default -> null;
        };
    }

    private static @Nullable BigDecimal fitting(BigDecimal value, SqlType type) {
        if (value.scale() > type.scale() && value.stripTrailingZeros().scale() > type.scale()) {
            return null;
        }
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        BigInteger limit = BigInteger.TEN.pow(type.precision());
        return scaled.unscaledValue().abs().compareTo(limit) < 0 ? scaled : null;
    }

    private static @Nullable Object comparison(ScalarFunction function, List<Object> values) {
        int order;
        if (values.get(0) instanceof Long a && values.get(1) instanceof Long b) {
            order = a.compareTo(b);
        } else if (values.get(0) instanceof BigDecimal a && values.get(1) instanceof BigDecimal b) {
            order = a.compareTo(b);
        } else if (values.get(0) instanceof String a && values.get(1) instanceof String b && a.equals(b)) {
            order = 0;
        } else {
            return null;
        }
        return switch (function) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            default -> order >= 0;
        };
    }
}
