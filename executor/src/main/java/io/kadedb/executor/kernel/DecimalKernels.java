package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT64;

import java.lang.foreign.MemorySegment;

/** Sums and products of scaled 64-bit integers, for all rows, where the precisions rule out overflow. */
final class DecimalKernels {
    private DecimalKernels() {}

    /** {@code a * aFactor + b * bFactor}. */
    static void sum(MemorySegment a, long aFactor, MemorySegment b, long bFactor, int length, MemorySegment out) {
        for (int i = 0; i < length; i++) {
            out.set(INT64, 8L * i, a.get(INT64, 8L * i) * aFactor + b.get(INT64, 8L * i) * bFactor);
        }
    }

    /** {@code a * factor + addend}. */
    static void sum(MemorySegment a, long factor, long addend, int length, MemorySegment out) {
        for (int i = 0; i < length; i++) {
            out.set(INT64, 8L * i, a.get(INT64, 8L * i) * factor + addend);
        }
    }

    /** 128-bit products. */
    static void product(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        for (int i = 0; i < length; i++) {
            long x = a.get(INT64, 8L * i);
            long y = b.get(INT64, 8L * i);
            out.set(INT64, 16L * i, x * y);
            out.set(INT64, 16L * i + 8, Math.multiplyHigh(x, y));
        }
    }

    /** 128-bit products with a constant. */
    static void product(MemorySegment a, long y, int length, MemorySegment out) {
        for (int i = 0; i < length; i++) {
            long x = a.get(INT64, 8L * i);
            out.set(INT64, 16L * i, x * y);
            out.set(INT64, 16L * i + 8, Math.multiplyHigh(x, y));
        }
    }
}
