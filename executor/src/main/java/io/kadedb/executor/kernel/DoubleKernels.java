package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.FLOAT64;

import java.lang.foreign.MemorySegment;

/**
 * Sums, differences and products of doubles for all rows, NULL or not. Each gives whether every result is exact (for doubles: in range);
 * if not, the caller looks at the rows that count.
 */
final class DoubleKernels {
    private DoubleKernels() {}

    static boolean add(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = a.get(FLOAT64, 8L * i);
            double y = b.get(FLOAT64, 8L * i);
            double r = x + y;
            out.set(FLOAT64, 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean add(MemorySegment a, double y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = a.get(FLOAT64, 8L * i);
            double r = x + y;
            out.set(FLOAT64, 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean subtract(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = a.get(FLOAT64, 8L * i);
            double y = b.get(FLOAT64, 8L * i);
            double r = x - y;
            out.set(FLOAT64, 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean subtract(MemorySegment a, double y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = a.get(FLOAT64, 8L * i);
            double r = x - y;
            out.set(FLOAT64, 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean subtract(double x, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double y = b.get(FLOAT64, 8L * i);
            double r = x - y;
            out.set(FLOAT64, 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean multiply(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = a.get(FLOAT64, 8L * i);
            double y = b.get(FLOAT64, 8L * i);
            double r = x * y;
            out.set(FLOAT64, 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE && (r != 0 || x == 0 || y == 0) ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean multiply(MemorySegment a, double y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = a.get(FLOAT64, 8L * i);
            double r = x * y;
            out.set(FLOAT64, 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE && (r != 0 || x == 0 || y == 0) ? 0 : 1;
        }
        return lost == 0;
    }
}
