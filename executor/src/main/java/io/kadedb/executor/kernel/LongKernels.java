package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT64;

import java.lang.foreign.MemorySegment;

/**
 * Sums, differences and products of longs for all rows, NULL or not. Each gives whether every result is exact;
 * if not, the caller looks at the rows that count.
 */
final class LongKernels {
    private LongKernels() {}

    static boolean add(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = a.get(INT64, 8L * i);
            long y = b.get(INT64, 8L * i);
            long r = x + y;
            out.set(INT64, 8L * i, r);
            lost |= ((x ^ r) & (y ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean add(MemorySegment a, long y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = a.get(INT64, 8L * i);
            long r = x + y;
            out.set(INT64, 8L * i, r);
            lost |= ((x ^ r) & (y ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean subtract(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = a.get(INT64, 8L * i);
            long y = b.get(INT64, 8L * i);
            long r = x - y;
            out.set(INT64, 8L * i, r);
            lost |= ((x ^ y) & (x ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean subtract(MemorySegment a, long y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = a.get(INT64, 8L * i);
            long r = x - y;
            out.set(INT64, 8L * i, r);
            lost |= ((x ^ y) & (x ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean subtract(long x, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long y = b.get(INT64, 8L * i);
            long r = x - y;
            out.set(INT64, 8L * i, r);
            lost |= ((x ^ y) & (x ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean multiply(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = a.get(INT64, 8L * i);
            long y = b.get(INT64, 8L * i);
            long r = x * y;
            out.set(INT64, 8L * i, r);
            lost |= Math.multiplyHigh(x, y) ^ r >> 63;
        }
        return lost == 0;
    }

    static boolean multiply(MemorySegment a, long y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = a.get(INT64, 8L * i);
            long r = x * y;
            out.set(INT64, 8L * i, r);
            lost |= Math.multiplyHigh(x, y) ^ r >> 63;
        }
        return lost == 0;
    }
}
