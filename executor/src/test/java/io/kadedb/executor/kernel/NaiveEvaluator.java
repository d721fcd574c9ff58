package io.kadedb.executor.kernel;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL's rules written down as plainly as possible, one value at a time. ArithmeticException for any error. */
final class NaiveEvaluator {
    private NaiveEvaluator() {}

    static @Nullable Object evaluate(Expr expression, List<List<@Nullable Object>> columns, int row) {
        return switch (expression) {
            case Expr.Column column -> columns.get(column.index()).get(row);
            case Expr.Literal literal -> literal.value();
            case Expr.Case cases -> {
                for (Expr.When when : cases.whens()) {
                    if (Boolean.TRUE.equals(evaluate(when.condition(), columns, row))) {
                        yield evaluate(when.result(), columns, row);
                    }
                }
                yield evaluate(cases.otherwise(), columns, row);
            }
            case Expr.InList in -> inList(in, evaluate(in.input(), columns, row));
            case Expr.Call call -> call(call, columns, row);
            default -> throw new IllegalArgumentException(expression.toString());
        };
    }

    private static @Nullable Boolean inList(Expr.InList in, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        boolean unknown = false;
        for (Expr.Literal literal : in.values()) {
            Object candidate = literal.value();
            if (candidate == null) {
                unknown = true;
            } else if (compare(value, candidate) == 0) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    private static @Nullable Object call(Expr.Call call, List<List<@Nullable Object>> columns, int row) {
        switch (call.function()) {
            case AND, OR -> {
                boolean decisive = call.function() == io.kadedb.planner.physical.ScalarFunction.OR;
                boolean unknown = false;
                for (Expr arg : call.args()) {
                    Object value = evaluate(arg, columns, row);
                    if (value != null && (Boolean) value == decisive) {
                        return decisive;
                    }
                    unknown |= value == null;
                }
                return unknown ? null : !decisive;
            }
            case COALESCE -> {
                for (Expr arg : call.args()) {
                    Object value = evaluate(arg, columns, row);
                    if (value != null) {
                        return value;
                    }
                }
                return null;
            }
            default -> {}
        }
        Object a = evaluate(call.args().getFirst(), columns, row);
        Object b = call.args().size() > 1 ? evaluate(call.args().get(1), columns, row) : (Object) true;
        return switch (call.function()) {
            case IS_NULL -> a == null;
            case IS_NOT_NULL -> a != null;
            case IS_TRUE -> Boolean.TRUE.equals(a);
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(a);
            case IS_FALSE -> Boolean.FALSE.equals(a);
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(a);
            case IS_DISTINCT_FROM -> distinct(a, b);
            case IS_NOT_DISTINCT_FROM -> !distinct(a, b);
            default -> a == null || b == null ? null : strict(call, a, b);
        };
    }

    private static boolean distinct(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return (a == null) != (b == null);
        }
        return compare(a, b) != 0;
    }

    private static Object strict(Expr.Call call, Object a, Object b) {
        return switch (call.function()) {
            case NOT -> !(Boolean) a;
            case EQ -> compare(a, b) == 0;
            case NE -> compare(a, b) != 0;
            case LT -> compare(a, b) < 0;
            case LE -> compare(a, b) <= 0;
            case GT -> compare(a, b) > 0;
            case GE -> compare(a, b) >= 0;
            case CONCAT -> (String) a + b;
            case LIKE -> like((String) a, (String) b);
            case ADD, SUBTRACT, MULTIPLY -> arithmetic(call, a, b);
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    private static int compare(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x.equals(y) || (x == 0 && y == 0) ? 0 : x.isNaN() ? 1 : y.isNaN() ? -1 : x < y ? -1 : 1;
        }
        if (a instanceof String x && b instanceof String y) {
            return java.util.Arrays.compareUnsigned(
                    x.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    y.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return switch (a) {
            case Long x -> x.compareTo((Long) b);
            case BigDecimal x -> x.compareTo((BigDecimal) b);
            default -> ((Boolean) a).compareTo((Boolean) b);
        };
    }

    private static boolean like(String text, String pattern) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i++);
            if (c == '\\') {
                regex.append(Pattern.quote(pattern.substring(i, i + 1)));
                i++;
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }

    private static Object arithmetic(Expr.Call call, Object a, Object b) {
        SqlType type = call.type();
        if (a instanceof Double x && b instanceof Double y) {
            double r = switch (call.function()) {
                case ADD -> x + y;
                case SUBTRACT -> x - y;
                default -> x * y;
            };
            if (Double.isInfinite(r)) {
                throw new ArithmeticException("overflow");
            }
            return r;
        }
        BigDecimal x = a instanceof BigDecimal d ? d : BigDecimal.valueOf((Long) a);
        BigDecimal y = b instanceof BigDecimal d ? d : BigDecimal.valueOf((Long) b);
        BigDecimal exact = switch (call.function()) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            default -> x.multiply(y);
        };
        if (type.id() == TypeId.DECIMAL) {
            BigDecimal rounded = exact.setScale(type.scale(), RoundingMode.HALF_UP);
            if (rounded.abs().unscaledValue().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
                throw new ArithmeticException("overflow");
            }
            return rounded;
        }
        long result = exact.longValueExact();
        int bits = Objects.requireNonNull(java.util.Map.of(TypeId.SMALLINT, 16, TypeId.INTEGER, 32, TypeId.BIGINT, 64)
                .get(type.id()));
        if (BigInteger.valueOf(result).bitLength() >= bits) {
            throw new ArithmeticException("overflow");
        }
        return result;
    }
}
