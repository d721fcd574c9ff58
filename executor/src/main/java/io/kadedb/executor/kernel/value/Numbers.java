package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Range and rounding of numbers. */
public final class Numbers {
    private Numbers() {}

    /** The value, if the integer type holds it; else 22003. */
    public static long checkInteger(long value, SqlType type) {
        boolean fits = switch (type.id()) {
            case SMALLINT -> value == (short) value;
            case INTEGER, DATE -> value == (int) value;
            default -> true;
        };
        if (!fits) {
            throw Failures.outOfRange(type);
        }
        return value;
    }

    /** The value with the type's scale, rounded half away from zero; 22003 when it has too many digits. */
    public static BigDecimal toDecimal(BigDecimal value, SqlType type) {
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision() && rounded.signum() != 0) {
            throw Failures.numericOverflow(type);
        }
        return rounded;
    }

    /** Rounds half away from zero. */
    public static long toInteger(BigDecimal value, SqlType type) {
        BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
        if (rounded.precision() > 19 || rounded.unscaledValue().bitLength() > 63) {
            throw Failures.outOfRange(type);
        }
        return checkInteger(rounded.longValue(), type);
    }

    /** Rounds half to even, as PostgreSQL does for doubles. */
    public static long toInteger(double value, SqlType type) {
        double rounded = Math.rint(value);
        // 2^63 is the least double too large for a long.
        if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
            throw Failures.outOfRange(type);
        }
        return checkInteger((long) rounded, type);
    }

    /** A double's result: 22003 when it is infinite or zero though the arguments were not. */
    public static double checkFloat(double result, boolean mayBeInfinite, boolean mayBeZero, SqlType type) {
        double shown = type.equals(SqlType.REAL) ? (float) result : result;
        if (Double.isInfinite(shown) && !mayBeInfinite) {
            throw Failures.floatOverflow();
        }
        if (shown == 0 && !mayBeZero) {
            throw Failures.floatUnderflow();
        }
        return shown;
    }

    /** As PostgreSQL converts a double to numeric: by its 15 (real: 6) significant digits. */
    public static BigDecimal decimalOf(double value, SqlType from, SqlType to) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw Failures.unsupported("cannot convert " + (Double.isNaN(value) ? "NaN" : "infinity") + " to numeric");
        }
        int digits = from.equals(SqlType.REAL) ? 6 : 15;
        BigDecimal rounded = new BigDecimal(value).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
        return toDecimal(rounded, to);
    }
}
