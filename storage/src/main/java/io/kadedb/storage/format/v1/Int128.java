package io.kadedb.storage.format.v1;

import java.math.BigInteger;

/** Arithmetic on 128-bit values in two words, and on intervals. */
public final class Int128 {
    private static final BigInteger MICROS_PER_DAY = BigInteger.valueOf(86_400_000_000L);

    private Int128() {}

    public static BigInteger toBigInteger(long low, long high) {
        BigInteger lower = new BigInteger(Long.toUnsignedString(low));
        return BigInteger.valueOf(high).shiftLeft(64).add(lower);
    }

    public static int compare(long low, long high, long otherLow, long otherHigh) {
        int byHigh = Long.compare(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    /**
     * The length by which intervals compare: a month counts 30 days, a day 24 hours (PostgreSQL manual, 9.9).
     *
     * @param low months in the lower, days in the upper 32 bits
     * @param high microseconds
     */
    public static BigInteger intervalMicros(long low, long high) {
        long days = 30L * (int) low + (int) (low >> 32);
        return BigInteger.valueOf(days).multiply(MICROS_PER_DAY).add(BigInteger.valueOf(high));
    }
}
