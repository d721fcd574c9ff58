package io.kadedb.executor.operator;

import io.kadedb.executor.memory.Native;

/** Maps values to int64 words ordered as the values are. */
final class SortWords {
    private SortWords() {}

    /** Orders like {@link Double#compare}, but with -0.0 equal to 0.0: NaN is the greatest. */
    static long ofDouble(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** The inverse of {@link #ofDouble}. */
    static double toDouble(long word) {
        return Double.longBitsToDouble(word ^ ((word >> 63) & Long.MAX_VALUE));
    }

    /** The first eight bytes of a string, as an unsigned big-endian number shifted into the signed range. */
    static long ofBytes(long address, int length) {
        long word = 0;
        int n = Math.min(8, length);
        for (int i = 0; i < n; i++) {
            word |= (Native.getByte(address + i) & 0xFFL) << (56 - 8 * i);
        }
        return word ^ Long.MIN_VALUE;
    }
}
