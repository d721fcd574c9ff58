package io.kadedb.executor.kernel;

import io.kadedb.executor.memory.Native;

/** Sums and products of scaled 64-bit integers, for all rows, where the precisions rule out overflow. */
final class DecimalKernels {
    private DecimalKernels() {}

    /** {@code a * aFactor + b * bFactor}. */
    static void sum(long a, long aFactor, long b, long bFactor, int length, long out) {
        for (int i = 0; i < length; i++) {
            Native.putLong(out + 8L * i, Native.getLong(a + 8L * i) * aFactor + Native.getLong(b + 8L * i) * bFactor);
        }
    }

    /** {@code a * factor + addend}. */
    static void sum(long a, long factor, long addend, int length, long out) {
        for (int i = 0; i < length; i++) {
            Native.putLong(out + 8L * i, Native.getLong(a + 8L * i) * factor + addend);
        }
    }

    /** 128-bit products. */
    static void product(long a, long b, int length, long out) {
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 8L * i);
            long y = Native.getLong(b + 8L * i);
            Native.putLong(out + 16L * i, x * y);
            Native.putLong(out + 16L * i + 8, Math.multiplyHigh(x, y));
        }
    }

    /** 128-bit products with a constant. */
    static void productConstant(long a, long y, int length, long out) {
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 8L * i);
            Native.putLong(out + 16L * i, x * y);
            Native.putLong(out + 16L * i + 8, Math.multiplyHigh(x, y));
        }
    }

    /**
     * 128-bit products of 128-bit values with 64-bit ones.
     *
     * @param stride bytes from one 64-bit value to the next; 0 for a constant
     * @return whether all results are exact, which they are when the wide values fit 64 bits
     */
    static boolean productOfWide(long a, long b, int stride, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 16L * i);
            long y = Native.getLong(b + (long) stride * i);
            lost |= Native.getLong(a + 16L * i + 8) ^ x >> 63;
            Native.putLong(out + 16L * i, x * y);
            Native.putLong(out + 16L * i + 8, Math.multiplyHigh(x, y));
        }
        return lost == 0;
    }

    /** {@link #sum} of some rows; a stride is the bytes from one value to the next, 0 for a constant. */
    static void sum(
            long a, int aStride, long aFactor, long b, int bStride, long bFactor, int[] rows, int count, long out) {
        for (int i = 0; i < count; i++) {
            long row = rows[i];
            long x = Native.getLong(a + aStride * row);
            long y = Native.getLong(b + bStride * row);
            Native.putLong(out + 8L * row, x * aFactor + y * bFactor);
        }
    }

    /** 64-bit products of some rows. */
    static void narrowProduct(long a, int aStride, long b, int bStride, int[] rows, int count, long out) {
        for (int i = 0; i < count; i++) {
            long row = rows[i];
            Native.putLong(out + 8L * row, Native.getLong(a + aStride * row) * Native.getLong(b + bStride * row));
        }
    }

    /** 128-bit products of some rows. */
    static void product(long a, int aStride, long b, int bStride, int[] rows, int count, long out) {
        for (int i = 0; i < count; i++) {
            long row = rows[i];
            long x = Native.getLong(a + aStride * row);
            long y = Native.getLong(b + bStride * row);
            Native.putLong(out + 16L * row, x * y);
            Native.putLong(out + 16L * row + 8, Math.multiplyHigh(x, y));
        }
    }

    /** {@link #productOfWide} of some rows. */
    static boolean productOfWide(long a, long b, int stride, int[] rows, int count, long out) {
        long lost = 0;
        for (int i = 0; i < count; i++) {
            long row = rows[i];
            long x = Native.getLong(a + 16L * row);
            long y = Native.getLong(b + stride * row);
            lost |= Native.getLong(a + 16L * row + 8) ^ x >> 63;
            Native.putLong(out + 16L * row, x * y);
            Native.putLong(out + 16L * row + 8, Math.multiplyHigh(x, y));
        }
        return lost == 0;
    }
}
