package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A mutable signed 128-bit integer, the unscaled value of a wide DECIMAL: an accumulator and a scratch register, owned
 * by one thread. Operations that leave 38 decimal digits fail with 22003, except {@link #add(long)} and
 * {@link #add(long, long)}, whose users check once at the end with {@link #checkDigits}.
 */
public final class Int128 {
    static final int MAX_DIGITS = 38;
    private static final BigInteger[] POWERS = new BigInteger[MAX_DIGITS + 1];
    private static final long[] POWERS_HIGH = new long[MAX_DIGITS + 1];
    private static final long[] POWERS_LOW = new long[MAX_DIGITS + 1];

    static {
        for (int i = 0; i <= MAX_DIGITS; i++) {
            POWERS[i] = BigInteger.TEN.pow(i);
            POWERS_LOW[i] = POWERS[i].longValue();
            POWERS_HIGH[i] = POWERS[i].shiftRight(64).longValue();
        }
    }

    private long high;
    private long low;

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public Int128 set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
        return this;
    }

    public Int128 set(long value) {
        return set(value >> 63, value);
    }

    public Int128 set(BigInteger value) {
        if (value.bitLength() > 127) {
            throw overflow();
        }
        return set(value.shiftRight(64).longValue(), value.longValue());
    }

    /** Reads 16 bytes as {@link io.kadedb.common.type.Layout#INT128} has them. */
    public Int128 load(MemorySegment data, long offset) {
        return set(data.get(INT64, offset + 8), data.get(INT64, offset));
    }

    public void store(MemorySegment data, long offset) {
        data.set(INT64, offset, low);
        data.set(INT64, offset + 8, high);
    }

    /** Adds modulo 2^128. */
    public void add(long value) {
        add(value >> 63, value);
    }

    /** Adds modulo 2^128. */
    public void add(long otherHigh, long otherLow) {
        long sum = low + otherLow;
        high += otherHigh + (Long.compareUnsigned(sum, otherLow) < 0 ? 1 : 0);
        low = sum;
    }

    public Int128 subtract(long otherHigh, long otherLow) {
        long borrow = Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0;
        low -= otherLow;
        high -= otherHigh + borrow;
        return this;
    }

    public Int128 negate() {
        low = -low;
        high = ~high + (low == 0 ? 1 : 0);
        return this;
    }

    public boolean isZero() {
        return (high | low) == 0;
    }

    public boolean isNegative() {
        return high < 0;
    }

    /** Whether it is the sign extension of its low word. */
    public boolean fitsLong() {
        return high == low >> 63;
    }

    public static int compare(long high1, long low1, long high2, long low2) {
        return high1 != high2 ? Long.compare(high1, high2) : Long.compareUnsigned(low1, low2);
    }

    /** The full product of two 64-bit integers. */
    public Int128 setProduct(long a, long b) {
        return set(Math.multiplyHigh(a, b), a * b);
    }

    public Int128 multiply(long factor) {
        if (fitsLong()) {
            return setProduct(low, factor);
        }
        return set(toBigInteger().multiply(BigInteger.valueOf(factor))).checkDigits(MAX_DIGITS);
    }

    public Int128 multiply(long otherHigh, long otherLow) {
        if (fitsLong() && otherHigh == otherLow >> 63) {
            return setProduct(low, otherLow).checkDigits(MAX_DIGITS);
        }
        return set(toBigInteger().multiply(toBigInteger(otherHigh, otherLow))).checkDigits(MAX_DIGITS);
    }

    /** Divides, rounding half away from zero; the divisor is not zero. */
    public Int128 divideRounded(long otherHigh, long otherLow) {
        if (otherHigh == otherLow >> 63 && otherLow != Long.MIN_VALUE && fitsLong() && low != Long.MIN_VALUE) {
            return set(quotientRounded(low, otherLow));
        }
        return set(quotientRounded(toBigInteger(), toBigInteger(otherHigh, otherLow)));
    }

    /** Rounds half away from zero; neither is {@code Long.MIN_VALUE}, the divisor is not zero. */
    public static long quotientRounded(long dividend, long divisor) {
        long quotient = dividend / divisor;
        long rest = Math.abs(dividend % divisor);
        // rest >= |divisor| - rest avoids doubling, which could overflow.
        if (rest >= Math.abs(divisor) - rest) {
            quotient += (dividend ^ divisor) < 0 ? -1 : 1;
        }
        return quotient;
    }

    static BigInteger quotientRounded(BigInteger dividend, BigInteger divisor) {
        BigInteger[] parts = dividend.divideAndRemainder(divisor);
        if (parts[1].abs().shiftLeft(1).compareTo(divisor.abs()) >= 0) {
            return parts[0].add(BigInteger.valueOf((long) dividend.signum() * divisor.signum()));
        }
        return parts[0];
    }

    /** Moves the decimal point: multiplies by a power of ten, or divides rounding half away from zero. */
    public Int128 rescale(int fromScale, int toScale) {
        int digits = toScale - fromScale;
        if (digits == 0 || isZero()) {
            return this;
        }
        if (digits > MAX_DIGITS) {
            throw overflow();
        }
        if (digits < -MAX_DIGITS) {
            return set(0);
        }
        return digits > 0
                ? multiply(POWERS_HIGH[digits], POWERS_LOW[digits])
                : divideRounded(POWERS_HIGH[-digits], POWERS_LOW[-digits]);
    }

    /**
     * The same value.
     *
     * @throws KadeException 22003 when it has more decimal digits
     */
    public Int128 checkDigits(int digits) {
        long limitHigh = POWERS_HIGH[digits];
        long limitLow = POWERS_LOW[digits];
        boolean fits;
        if (high < 0) {
            long negatedLow = -low;
            long negatedHigh = ~high + (negatedLow == 0 ? 1 : 0);
            fits = negatedHigh >= 0 && compare(negatedHigh, negatedLow, limitHigh, limitLow) < 0;
        } else {
            fits = compare(high, low, limitHigh, limitLow) < 0;
        }
        if (!fits) {
            throw overflow();
        }
        return this;
    }

    /** 22003 as for every numeric that does not fit. */
    public static KadeException overflow() {
        return KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
    }

    /** 10 to the power, up to 38. */
    public static BigInteger powerOfTen(int exponent) {
        return POWERS[exponent];
    }

    /** 10 to the power, up to 18. */
    static long longPowerOfTen(int exponent) {
        assert exponent <= 18;
        return POWERS_LOW[exponent];
    }

    public BigInteger toBigInteger() {
        return toBigInteger(high, low);
    }

    static BigInteger toBigInteger(long high, long low) {
        if (high == low >> 63) {
            return BigInteger.valueOf(low);
        }
        BigInteger unsignedLow = BigInteger.valueOf(low & Long.MAX_VALUE);
        if (low < 0) {
            unsignedLow = unsignedLow.setBit(63);
        }
        return BigInteger.valueOf(high).shiftLeft(64).add(unsignedLow);
    }

    public BigDecimal toBigDecimal(int scale) {
        return fitsLong() ? BigDecimal.valueOf(low, scale) : new BigDecimal(toBigInteger(), scale);
    }

    public double toDouble(int scale) {
        if (scale == 0 && fitsLong()) {
            return low;
        }
        return toBigDecimal(scale).doubleValue();
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
