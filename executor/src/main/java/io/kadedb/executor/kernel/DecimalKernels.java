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
}
