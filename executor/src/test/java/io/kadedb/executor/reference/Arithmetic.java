package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The five operations over numbers, and those over dates and intervals. */
final class Arithmetic {
    private static final long DAY = 86_400_000_000L;

    private Arithmetic() {}

    static Object apply(
            ScalarFunction function, Object a, SqlType typeA, Object b, SqlType typeB, SqlType result, ZoneId zone) {
        if (!typeA.isNumeric() || !typeB.isNumeric()) {
            return moments(function, a, typeA, b, result, zone);
        }
        return switch (result.id()) {
            case SMALLINT, INTEGER, BIGINT ->
                Conversions.integer(
                        integers(function, BigInteger.valueOf((Long) a), BigInteger.valueOf((Long) b)), result);
            case REAL, DOUBLE -> floats(function, (Double) a, (Double) b, result);
            case DECIMAL -> Conversions.decimal(decimals(function, exact(a), exact(b), result), result);
            default -> throw new IllegalArgumentException(result.toString());
        };
    }

    private static BigDecimal exact(Object value) {
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) value);
    }

    private static Refusal byZero() {
        return new Refusal(ErrorCode.DIVISION_BY_ZERO);
    }

    private static BigInteger integers(ScalarFunction function, BigInteger a, BigInteger b) {
        boolean divides = function == ScalarFunction.DIVIDE || function == ScalarFunction.MODULO;
        if (divides && b.signum() == 0) {
            throw byZero();
        }
        return switch (function) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(b);
            case MODULO -> a.remainder(b);
            default -> throw new IllegalArgumentException(function.toString());
        };
    }

    private static BigDecimal decimals(ScalarFunction function, BigDecimal a, BigDecimal b, SqlType result) {
        boolean divides = function == ScalarFunction.DIVIDE || function == ScalarFunction.MODULO;
        if (divides && b.signum() == 0) {
            throw byZero();
        }
        return switch (function) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(b, result.scale(), RoundingMode.HALF_UP);
            case MODULO -> a.remainder(b);
            default -> throw new IllegalArgumentException(function.toString());
        };
    }

    private static Double floats(ScalarFunction function, double a, double b, SqlType type) {
        boolean infinite = Double.isInfinite(a) || Double.isInfinite(b);
        boolean single = type.id() == TypeId.REAL;
        return switch (function) {
            case ADD -> Conversions.floating(single ? (float) a + (float) b : a + b, infinite, true, type);
            case SUBTRACT -> Conversions.floating(single ? (float) a - (float) b : a - b, infinite, true, type);
            case MULTIPLY ->
                Conversions.floating(single ? (float) a * (float) b : a * b, infinite, a == 0 || b == 0, type);
            case DIVIDE -> {
                if (b == 0 && !Double.isNaN(a)) {
                    throw byZero();
                }
                yield Conversions.floating(
                        single ? (float) a / (float) b : a / b,
                        Double.isInfinite(a),
                        a == 0 || Double.isInfinite(b),
                        type);
            }
            default -> throw new IllegalArgumentException(function.toString());
        };
    }

    private static Object moments(
            ScalarFunction function, Object a, SqlType type, Object b, SqlType result, ZoneId zone) {
        boolean minus = function == ScalarFunction.SUBTRACT;
        return switch (type.id()) {
            case DATE ->
                // Days between two dates, or a date some days away.
                minus ? (Long) a - (Long) b : (Long) a + (Long) b;
            case TIMESTAMP, TIMESTAMPTZ -> {
                if (b instanceof Interval interval) {
                    yield moved((Long) a, type, minus ? negative(interval) : interval, zone);
                }
                long micros = (Long) a - (Long) b;
                yield new Interval(0, Math.toIntExact(micros / DAY), micros % DAY);
            }
            case INTERVAL -> {
                Interval x = (Interval) a;
                Interval y = minus ? negative((Interval) b) : (Interval) b;
                yield new Interval(
                        Math.addExact(x.months(), y.months()),
                        Math.addExact(x.days(), y.days()),
                        Math.addExact(x.micros(), y.micros()));
            }
            default -> throw new IllegalArgumentException(type + " gives " + result);
        };
    }

    static Interval negative(Interval interval) {
        return new Interval(-interval.months(), -interval.days(), -interval.micros());
    }

    /** First the months, the day cut to the month's last; then the days; then the time, which for timestamptz runs on. */
    static Long moved(long value, SqlType type, Interval by, ZoneId zone) {
        if (type.id() == TypeId.TIMESTAMP) {
            return Conversions.micros(Conversions.timestamp(value, type, zone)
                    .plusMonths(by.months())
                    .plusDays(by.days())
                    .plus(by.micros(), ChronoUnit.MICROS));
        }
        long at = value;
        if (by.months() != 0) {
            at = Conversions.instant(Conversions.timestamp(at, type, zone).plusMonths(by.months()), zone);
        }
        if (by.days() != 0) {
            at = Conversions.instant(Conversions.timestamp(at, type, zone).plusDays(by.days()), zone);
        }
        return at + by.micros();
    }
}
