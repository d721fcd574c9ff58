package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. */
final class MathFunctions {
    private MathFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result) {
        return switch (function) {
            case ABS -> values -> abs(Args.value(values, 0), result);
            case SIGN -> values -> convert(BigDecimal.valueOf(sign(Args.value(values, 0))), result);
            case CEIL -> rounding(args, result, RoundingMode.CEILING, Math::ceil);
            case FLOOR -> rounding(args, result, RoundingMode.FLOOR, Math::floor);
            case ROUND -> rounding(args, result, RoundingMode.HALF_UP, Math::rint);
            case TRUNC -> rounding(args, result, RoundingMode.DOWN, x -> x < 0 ? Math.ceil(x) : Math.floor(x));
            case SQRT ->
                result.id() == TypeId.DECIMAL
                        ? values -> Numbers.toDecimal(squareRoot(Args.decimal(values, 0)), result)
                        : real(result, MathFunctions::squareRoot);
            case CBRT -> real(result, Math::cbrt);
            case EXP ->
                real(
                        result,
                        x -> Numbers.checkFloat(
                                Math.exp(x), Double.isInfinite(x), Double.isInfinite(x), SqlType.DOUBLE));
            case LN -> real(result, x -> Math.log(checkLogarithm(x)));
            case LOG10 ->
                args.size() == 2
                        ? values -> convert(
                                Math.log(checkLogarithm(Args.real(values, 1)))
                                        / Math.log(checkLogarithm(Args.real(values, 0))),
                                result)
                        : real(result, x -> Math.log10(checkLogarithm(x)));
            case POWER -> values -> power(values, result);
            case SIN -> real(result, x -> Math.sin(checkFinite(x)));
            case COS -> real(result, x -> Math.cos(checkFinite(x)));
            case TAN -> real(result, x -> Math.tan(checkFinite(x)));
            case ASIN -> real(result, x -> Math.asin(checkUnit(x)));
            case ACOS -> real(result, x -> Math.acos(checkUnit(x)));
            case ATAN -> real(result, Math::atan);
            case ATAN2 -> values -> convert(Math.atan2(Args.real(values, 0), Args.real(values, 1)), result);
            case DEGREES -> real(result, Math::toDegrees);
            case RADIANS -> real(result, Math::toRadians);
            case PI -> values -> Math.PI;
            default -> null;
        };
    }

    private static RowFunction real(SqlType result, DoubleUnaryOperator operator) {
        return values -> convert(operator.applyAsDouble(Args.real(values, 0)), result);
    }

    private static Object convert(double value, SqlType result) {
        return switch (result.id()) {
            case REAL -> (double) (float) value;
            case DECIMAL -> Numbers.decimalOf(value, SqlType.DOUBLE, result);
            case SMALLINT, INTEGER, BIGINT -> Numbers.toInteger(value, result);
            default -> value;
        };
    }

    private static Object convert(BigDecimal value, SqlType result) {
        return switch (result.id()) {
            case REAL, DOUBLE -> value.doubleValue();
            case DECIMAL -> Numbers.toDecimal(value, result);
            default -> Numbers.toInteger(value, result);
        };
    }

    private static Object abs(Object value, SqlType type) {
        return switch (value) {
            case Long l when l == Long.MIN_VALUE -> throw Failures.outOfRange(type);
            case Long l -> Numbers.checkInteger(Math.abs(l), type);
            case Double d -> Math.abs(d);
            case BigDecimal d -> d.abs();
            default -> throw new IllegalArgumentException("no absolute value of " + type);
        };
    }

    private static int sign(Object value) {
        return value instanceof BigDecimal d ? d.signum() : (int) Math.signum(((Number) value).doubleValue());
    }

    private static RowFunction rounding(
            List<SqlType> args, SqlType result, RoundingMode mode, DoubleUnaryOperator whole) {
        SqlType first = args.getFirst();
        if (first.id() == TypeId.REAL || first.id() == TypeId.DOUBLE) {
            if (args.size() == 1) {
                return real(result, whole);
            }
            return values -> {
                double x = Args.real(values, 0);
                return Double.isNaN(x) || Double.isInfinite(x)
                        ? (Object) x
                        : convert(BigDecimal.valueOf(x).setScale(places(values), mode), result);
            };
        }
        return values -> {
            BigDecimal x = Args.decimal(values, 0);
            int places = args.size() == 1 ? 0 : places(values);
            return convert(places >= x.scale() ? x : x.setScale(places, mode), result);
        };
    }

    private static int places(@Nullable Object[] values) {
        return Math.clamp(Args.number(values, 1), -400, 400);
    }

    private static double squareRoot(double x) {
        if (x < 0) {
            throw power("cannot take square root of a negative number");
        }
        return Math.sqrt(x);
    }

    private static BigDecimal squareRoot(BigDecimal x) {
        if (x.signum() < 0) {
            throw power("cannot take square root of a negative number");
        }
        return x.sqrt(new MathContext(45, RoundingMode.HALF_UP));
    }

    private static KadeException power(String message) {
        return KadeException.of(ErrorCode.INVALID_ARGUMENT_FOR_POWER, message);
    }

    private static double checkLogarithm(double x) {
        if (x <= 0) {
            throw KadeException.of(
                    ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM,
                    "cannot take logarithm of " + (x == 0 ? "zero" : "a negative number"));
        }
        return x;
    }

    private static double checkFinite(double x) {
        if (Double.isInfinite(x)) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
        }
        return x;
    }

    private static double checkUnit(double x) {
        if (x < -1 || x > 1) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
        }
        return x;
    }

    private static Object power(@Nullable Object[] values, SqlType result) {
        double base = Args.real(values, 0);
        double exponent = Args.real(values, 1);
        if (base == 0 && exponent < 0) {
            throw power("zero raised to a negative power is undefined");
        }
        if (base < 0 && exponent != Math.rint(exponent)) {
            throw power("a negative number raised to a non-integer power yields a complex result");
        }
        if (result.id() == TypeId.DECIMAL && exponent == Math.rint(exponent) && Math.abs(exponent) <= 999) {
            BigDecimal exact = Args.decimal(values, 0).pow((int) exponent, new MathContext(60, RoundingMode.HALF_UP));
            return Numbers.toDecimal(exact, result);
        }
        boolean infinite = Double.isInfinite(base) || Double.isInfinite(exponent);
        double power = Math.pow(base, exponent);
        return convert(Numbers.checkFloat(power, infinite, infinite || base == 0, SqlType.DOUBLE), result);
    }
}
