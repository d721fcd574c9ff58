package io.kadedb.storage.table;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import org.apache.arrow.memory.util.MemoryUtil;

/** Search in a decoded key column of integers: where numbers are spread evenly, as most are, the first guess is right. */
final class SortedIntegers {
    /** Guesses before the interval is halved instead: numbers may be spread in any way. */
    private static final int GUESSES = 4;

    private SortedIntegers() {}

    /** Whether a column can be searched so: plain integers without NULL. */
    static boolean isOne(ColumnVector vector) {
        Layout layout = vector.type().layout();
        return (layout == Layout.INT32 || layout == Layout.INT64)
                && vector.validity() == null
                && !vector.isDictionary()
                && vector.data().isNative();
    }

    /** The position of a number among so many ascending ones, or -1. */
    static int find(ColumnVector vector, int rows, long sought) {
        long address = vector.data().address();
        boolean isWide = vector.type().layout() == Layout.INT64;
        int low = 0;
        int high = rows - 1;
        for (int guesses = 0; low <= high; guesses++) {
            int at = (low + high) >>> 1;
            if (guesses < GUESSES) {
                long first = get(address, low, isWide);
                long last = get(address, high, isWide);
                if (sought < first || sought > last) {
                    return -1;
                }
                // In floating point, where a difference of longs cannot overflow; the guess need not be exact.
                double part = ((double) sought - first) / ((double) last - first);
                at = last == first ? low : Math.min(high, low + (int) (part * (high - low) + 0.5));
            }
            long value = get(address, at, isWide);
            if (value == sought) {
                return at;
            }
            if (value < sought) {
                low = at + 1;
            } else {
                high = at - 1;
            }
        }
        return -1;
    }

    private static long get(long address, int at, boolean isWide) {
        return isWide ? MemoryUtil.getLong(address + 8L * at) : MemoryUtil.getInt(address + 4L * at);
    }
}
