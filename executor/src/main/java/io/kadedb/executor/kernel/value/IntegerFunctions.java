package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions of numbers that are less usual: divisors, buckets, digits, and functions of angles in degrees. */
final class IntegerFunctions {
    private IntegerFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result) {
        return switch (function) {
            case BITS_AND -> values -> Args.number(values, 0) & Args.number(values, 1);
            case BITS_OR -> values -> Args.number(values, 0) | Args.number(values, 1);
            case BITS_XOR -> values -> Args.number(values, 0) ^ Args.number(values, 1);
            case BITS_NOT -> values -> ~Args.number(values, 0);
            case SHIFT_LEFT, SHIFT_RIGHT -> {
                boolean left = function == ScalarFunction.SHIFT_LEFT;
                yield values -> shifted(Args.number(values, 0), Args.integer(values, 1), left, result);
            }
            case GCD -> values -> gcd(values, result);
            case LCM -> values -> lcm(values, result);
            case FACTORIAL -> values -> factorial(Args.number(values, 0), result);
            case DIV -> values -> quotient(Args.decimal(values, 0), Args.decimal(values, 1), result);
            case SCALE -> values -> (long) args.getFirst().scale();
            case MIN_SCALE ->
                values -> (long)
                        Math.max(0, Args.decimal(values, 0).stripTrailingZeros().scale());
            case WIDTH_BUCKET ->
                values -> bucket(
                        Args.real(values, 0), Args.real(values, 1), Args.real(values, 2), Args.number(values, 3));
            case SINH -> real(Math::sinh);
            case COSH -> real(Math::cosh);
            case TANH -> real(Math::tanh);
            case COT -> real(x -> 1 / Math.tan(x));
            case SIND -> real(x -> degrees(x, Math::sin, 0));
            case COSD -> real(x -> degrees(x, Math::cos, 90));
            case TAND -> real(IntegerFunctions::tangent);
            default -> null;
        };
    }

    /** As a machine shifts integers of 64 bits, or of 32, of which a smallint keeps the lower 16. */
    private static long shifted(long value, int places, boolean left, SqlType result) {
        if (result.id() == TypeId.BIGINT) {
            return left ? value << places : value >> places;
        }
        int bits = left ? (int) value << places : (int) value >> places;
        return result.id() == TypeId.SMALLINT ? (short) bits : bits;
    }

    private static RowFunction real(DoubleUnaryOperator operator) {
        return values -> operator.applyAsDouble(Args.real(values, 0));
    }

    /** Exact where the result is 0, 1/2 or 1. */
    private static double degrees(double angle, DoubleUnaryOperator function, int shift) {
        double shifted = (angle + shift) % 360;
        double turned = shifted < 0 ? shifted + 360 : shifted;
        if (turned % 30 == 0) {
            double[] sines = {0, 0.5, Double.NaN, 1, Double.NaN, 0.5, 0, -0.5, Double.NaN, -1, Double.NaN, -0.5};
            double known = sines[(int) (turned / 30)];
            if (!Double.isNaN(known)) {
                return known;
            }
        }
        return function.applyAsDouble(Math.toRadians(angle));
    }

    private static double tangent(double angle) {
        return Math.abs(angle % 90) == 45
                ? Math.signum(degrees(angle, Math::sin, 0) * degrees(angle, Math::cos, 90))
                : degrees(angle, Math::sin, 0) / degrees(angle, Math::cos, 90);
    }

    private static Object gcd(@Nullable Object[] values, SqlType result) {
        if (result.id() == TypeId.DECIMAL) {
            BigDecimal a = Args.decimal(values, 0);
            BigDecimal b = Args.decimal(values, 1);
            int scale = Math.max(a.scale(), b.scale());
            BigInteger divisor = a.setScale(scale, RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .gcd(b.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue());
            return Numbers.toDecimal(new BigDecimal(divisor, scale), result);
        }
        return Numbers.toInteger(
                new BigDecimal(
                        BigInteger.valueOf(Args.number(values, 0)).gcd(BigInteger.valueOf(Args.number(values, 1)))),
                result);
    }

    private static Object lcm(@Nullable Object[] values, SqlType result) {
        BigInteger a = BigInteger.valueOf(Args.number(values, 0));
        BigInteger b = BigInteger.valueOf(Args.number(values, 1));
        BigInteger multiple = a.signum() == 0 || b.signum() == 0
                ? BigInteger.ZERO
                : a.divide(a.gcd(b)).multiply(b).abs();
        return Numbers.toInteger(new BigDecimal(multiple), result);
    }

    private static BigDecimal factorial(long n, SqlType result) {
        if (n < 0) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "factorial of a negative number is undefined");
        }
        BigInteger product = BigInteger.ONE;
        for (long i = 2; i <= Math.min(n, 40); i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return Numbers.toDecimal(new BigDecimal(product), result);
    }

    private static BigDecimal quotient(BigDecimal a, BigDecimal b, SqlType result) {
        if (b.signum() == 0) {
            throw Failures.divisionByZero();
        }
        return Numbers.toDecimal(a.divideToIntegralValue(b), result);
    }

    private static long bucket(double value, double low, double high, long count) {
        if (count <= 0) {
            throw bad("count must be greater than zero");
        }
        if (Double.isNaN(value) || Double.isNaN(low) || Double.isNaN(high)) {
            throw bad("operand, lower bound, and upper bound cannot be NaN");
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            throw bad("lower and upper bounds must be finite");
        }
        if (low == high) {
            throw bad("lower bound cannot equal upper bound");
        }
        boolean rising = low < high;
        if (rising ? value < low : value > low) {
            return 0;
        }
        if (rising ? value >= high : value <= high) {
            return count + 1;
        }
        return Math.min(count, (long) (count * ((value - low) / (high - low))) + 1);
    }

    private static KadeException bad(String message) {
        return KadeException.of(ErrorCode.INVALID_ARGUMENT_FOR_WIDTH_BUCKET, message);
    }
}
