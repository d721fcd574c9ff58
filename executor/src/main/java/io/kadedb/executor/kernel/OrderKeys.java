package io.kadedb.executor.kernel;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.Layout;

/**
 * Integers that order as SQL orders the values: doubles with -0 equal to 0 and NaN equal to itself and above all else,
 * intervals with months of 30 days and days of 24 hours.
 */
public final class OrderKeys {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private OrderKeys() {}

    public static long of(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /** Whether every value of the layout maps to a long of the same order. */
    static boolean has(Layout layout) {
        return switch (layout) {
            case INT16, INT32, INT64, FLOAT32, FLOAT64 -> true;
            case BIT, INT128, INTERVAL, BYTES16, VARBYTES -> false;
        };
    }

    /** Whole days that an interval counts as; with {@link #intervalMicros} its order. */
    static long intervalDays(int months, int days, long micros) {
        return months * 30L + days + Math.floorDiv(micros, MICROS_PER_DAY);
    }

    static long intervalMicros(long micros) {
        return Math.floorMod(micros, MICROS_PER_DAY);
    }

    static int compareIntervals(int months1, int days1, long micros1, int months2, int days2, long micros2) {
        int order = Long.compare(intervalDays(months1, days1, micros1), intervalDays(months2, days2, micros2));
        return order != 0 ? order : Long.compare(intervalMicros(micros1), intervalMicros(micros2));
    }

    public static int compare(Interval a, Interval b) {
        return compareIntervals(a.months(), a.days(), a.micros(), b.months(), b.days(), b.micros());
    }
}
