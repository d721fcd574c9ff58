package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code + - * / %} and the unary minus, by type. */
public final class Arithmetic {
    private Arithmetic() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result, ZoneId zone) {
        SqlType first = args.getFirst();
        return switch (function) {
            case NEGATE -> values -> negate(Objects.requireNonNull(values[0]), result);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> {
                if (!first.isNumeric() || !args.get(1).isNumeric()) {
                    yield DateArithmetic.bind(function, first, args.get(1), result, zone);
                }
                yield switch (result.id()) {
                    case SMALLINT, INTEGER, BIGINT ->
                        values -> integers(
                                function,
                                number(values, 0).longValue(),
                                number(values, 1).longValue(),
                                result);
                    case REAL, DOUBLE ->
                        values -> doubles(
                                function,
                                number(values, 0).doubleValue(),
                                number(values, 1).doubleValue(),
                                result);
                    case DECIMAL -> values -> decimals(function, decimal(values[0]), decimal(values[1]), result);
                    default -> null;
                };
            }
            default -> null;
        };
    }

    private static Number number(@Nullable Object[] values, int index) {
        return (Number) Objects.requireNonNull(values[index]);
    }

    static BigDecimal decimal(@Nullable Object value) {
        return switch (Objects.requireNonNull(value)) {
            case BigDecimal d -> d;
            case Long l -> BigDecimal.valueOf(l);
            case Double d -> new BigDecimal(d);
            default -> throw new IllegalArgumentException("not a number: " + value.getClass());
        };
    }

    private static Object negate(Object value, SqlType type) {
        return switch (value) {
            case Long l when l == Long.MIN_VALUE -> throw Failures.outOfRange(type);
            case Long l -> Numbers.checkInteger(-l, type);
            case Double d -> -d;
            case BigDecimal d -> d.negate();
            case Interval i -> DateArithmetic.negate(i);
            default -> throw new IllegalArgumentException("no negative of " + type);
        };
    }

    /** 22003 and 22012 as PostgreSQL. */
    public static long integers(ScalarFunction function, long a, long b, SqlType type) {
        try {
            long result = switch (function) {
                case ADD -> Math.addExact(a, b);
                case SUBTRACT -> Math.subtractExact(a, b);
                case MULTIPLY -> Math.multiplyExact(a, b);
                case DIVIDE -> {
                    if (b == 0) {
                        throw Failures.divisionByZero();
                    }
                    yield Math.divideExact(a, b);
                }
                case MODULO -> {
                    if (b == 0) {
                        throw Failures.divisionByZero();
                    }
                    yield b == -1 ? 0 : a % b;
                }
                default -> throw new IllegalArgumentException(function.sqlName());
            };
            return Numbers.checkInteger(result, type);
        } catch (ArithmeticException e) {
            throw Failures.outOfRange(type);
        }
    }

    /** 22003 and 22012 as PostgreSQL. */
    public static double doubles(ScalarFunction function, double a, double b, SqlType type) {
        boolean infinite = Double.isInfinite(a) || Double.isInfinite(b);
        return switch (function) {
            case ADD -> Numbers.checkFloat(a + b, infinite, true, type);
            case SUBTRACT -> Numbers.checkFloat(a - b, infinite, true, type);
            case MULTIPLY -> Numbers.checkFloat(a * b, infinite, a == 0 || b == 0, type);
            case DIVIDE -> {
                if (b == 0 && !Double.isNaN(a)) {
                    throw Failures.divisionByZero();
                }
                yield Numbers.checkFloat(a / b, Double.isInfinite(a), a == 0 || Double.isInfinite(b), type);
            }
            case MODULO -> {
                if (b == 0) {
                    throw Failures.divisionByZero();
                }
                yield Numbers.checkFloat(a % b, true, true, type);
            }
            default -> throw new IllegalArgumentException(function.sqlName());
        };
    }

    static BigDecimal decimals(ScalarFunction function, BigDecimal a, BigDecimal b, SqlType type) {
        BigDecimal result = switch (function) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> {
                if (b.signum() == 0) {
                    throw Failures.divisionByZero();
                }
                yield a.divide(b, type.scale(), RoundingMode.HALF_UP);
            }
            case MODULO -> {
                if (b.signum() == 0) {
                    throw Failures.divisionByZero();
                }
                yield a.remainder(b);
            }
            default -> throw new IllegalArgumentException(function.sqlName());
        };
        return Numbers.toDecimal(result, type);
    }
}
