package io.kadedb.executor.kernel;

import io.kadedb.executor.memory.Native;

/**
 * Sums, differences and products of ints for all rows, NULL or not. Each gives whether every result is exact;
 * if not, the caller looks at the rows that count.
 */
final class IntKernels {
    private IntKernels() {}

    static boolean add(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = Native.getInt(a + 4L * i);
            int y = Native.getInt(b + 4L * i);
            long r = (long) x + y;
            Native.putInt(out + 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean add(long a, int y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = Native.getInt(a + 4L * i);
            long r = (long) x + y;
            Native.putInt(out + 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean subtract(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = Native.getInt(a + 4L * i);
            int y = Native.getInt(b + 4L * i);
            long r = (long) x - y;
            Native.putInt(out + 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean subtract(long a, int y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = Native.getInt(a + 4L * i);
            long r = (long) x - y;
            Native.putInt(out + 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean subtract(int x, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int y = Native.getInt(b + 4L * i);
            long r = (long) x - y;
            Native.putInt(out + 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean multiply(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = Native.getInt(a + 4L * i);
            int y = Native.getInt(b + 4L * i);
            long r = (long) x * y;
            Native.putInt(out + 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }

    static boolean multiply(long a, int y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            int x = Native.getInt(a + 4L * i);
            long r = (long) x * y;
            Native.putInt(out + 4L * i, (int) r);
            lost |= r ^ (int) r;
        }
        return lost == 0;
    }
}
