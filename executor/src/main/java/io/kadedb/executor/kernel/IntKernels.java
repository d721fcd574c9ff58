package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import java.lang.foreign.MemorySegment;

/**
 * Sums, differences and products of ints for all rows, NULL or not. Each gives whether every result is exact;
 * if not, the caller looks at the rows that count.
 */
final class IntKernels {
    private IntKernels() {}

    static boolean add(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = a.get(INT32, 4L * i);
            int y = b.get(INT32, 4L * i);
            long r = (long) x + y;
            out.set(INT32, 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean add(MemorySegment a, int y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = a.get(INT32, 4L * i);
            long r = (long) x + y;
            out.set(INT32, 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean subtract(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = a.get(INT32, 4L * i);
            int y = b.get(INT32, 4L * i);
            long r = (long) x - y;
            out.set(INT32, 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean subtract(MemorySegment a, int y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = a.get(INT32, 4L * i);
            long r = (long) x - y;
            out.set(INT32, 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean subtract(int x, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int y = b.get(INT32, 4L * i);
            long r = (long) x - y;
            out.set(INT32, 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean multiply(MemorySegment a, MemorySegment b, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = a.get(INT32, 4L * i);
            int y = b.get(INT32, 4L * i);
            long r = (long) x * y;
            out.set(INT32, 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean multiply(MemorySegment a, int y, int length, MemorySegment out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = a.get(INT32, 4L * i);
            long r = (long) x * y;
            out.set(INT32, 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }
}
