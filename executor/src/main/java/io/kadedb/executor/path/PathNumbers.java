package io.kadedb.executor.path;

import io.kadedb.parser.path.PathNode.Operator;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** Numbers of paths, computed as PostgreSQL's numeric without a size. */
final class PathNumbers {
    private static final int MAX_WHOLE_DIGITS = 131_072;
    private static final int MAX_SCALE = 16_383;
    private static final int MAX_QUOTIENT_SCALE = 1000;
    private static final int SIGNIFICANT_DIGITS = 16;
    /** PostgreSQL computes with digits of so many decimal ones. */
    private static final int DIGITS = 4;

    private PathNumbers() {}

    static boolean overflows(BigDecimal number) {
        return (long) number.precision() - number.scale() > MAX_WHOLE_DIGITS;
    }

    static BigDecimal compute(Operator operator, BigDecimal a, BigDecimal b) {
        BigDecimal result = switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(b, quotientScale(a, b), RoundingMode.HALF_UP);
            case MODULO -> a.remainder(b).setScale(Math.max(a.scale(), b.scale()), RoundingMode.UNNECESSARY);
        };
        return result.scale() > MAX_SCALE ? result.setScale(MAX_SCALE, RoundingMode.HALF_UP) : result;
    }

    /** Enough digits for sixteen that count, as PostgreSQL's select_div_scale estimates them. */
    private static int quotientScale(BigDecimal a, BigDecimal b) {
        int weight = weight(a) - weight(b);
        if (firstDigit(a) <= firstDigit(b)) {
            weight--;
        }
        int scale = SIGNIFICANT_DIGITS - weight * DIGITS;
        scale = Math.max(scale, Math.max(a.scale(), b.scale()));
        return Math.clamp(scale, 0, MAX_QUOTIENT_SCALE);
    }

    /** The place of the first digit to the base of ten thousand. */
    private static int weight(BigDecimal number) {
        return number.signum() == 0 ? 0 : Math.floorDiv(number.precision() - number.scale() - 1, DIGITS);
    }

    private static int firstDigit(BigDecimal number) {
        return number.signum() == 0
                ? 0
                : number.abs()
                        .movePointLeft(weight(number) * DIGITS)
                        .round(new MathContext(DIGITS + 1, RoundingMode.DOWN))
                        .intValue();
    }

    /** Without its fraction, if it fits an integer. */
    static Optional<Integer> truncated(BigDecimal number) {
        return fits(number.setScale(0, RoundingMode.DOWN), Integer.MIN_VALUE, Integer.MAX_VALUE)
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    /** Rounded to a whole number, if that lies between two others. */
    static Optional<BigDecimal> rounded(BigDecimal number, long least, long most) {
        BigDecimal whole = number.setScale(0, RoundingMode.HALF_UP);
        return fits(whole, least, most) ? Optional.of(whole) : Optional.empty();
    }

    private static boolean fits(BigDecimal whole, long least, long most) {
        return whole.compareTo(BigDecimal.valueOf(least)) >= 0 && whole.compareTo(BigDecimal.valueOf(most)) <= 0;
    }
}
