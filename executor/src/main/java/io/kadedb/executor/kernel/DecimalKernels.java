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
}
