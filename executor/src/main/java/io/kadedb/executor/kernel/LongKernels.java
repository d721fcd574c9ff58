package io.kadedb.executor.kernel;

import io.kadedb.executor.memory.Native;

/**
 * Sums, differences and products of longs for all rows, NULL or not. Each gives whether every result is exact;
 * if not, the caller looks at the rows that count.
 */
final class LongKernels {
    private LongKernels() {}

    static boolean add(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 8L * i);
            long y = Native.getLong(b + 8L * i);
            long r = x + y;
            Native.putLong(out + 8L * i, r);
            lost |= ((x ^ r) & (y ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean addConstant(long a, long y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 8L * i);
            long r = x + y;
            Native.putLong(out + 8L * i, r);
            lost |= ((x ^ r) & (y ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean subtract(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 8L * i);
            long y = Native.getLong(b + 8L * i);
            long r = x - y;
            Native.putLong(out + 8L * i, r);
            lost |= ((x ^ y) & (x ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean subtractConstant(long a, long y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 8L * i);
            long r = x - y;
            Native.putLong(out + 8L * i, r);
            lost |= ((x ^ y) & (x ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean subtractFrom(long x, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long y = Native.getLong(b + 8L * i);
            long r = x - y;
            Native.putLong(out + 8L * i, r);
            lost |= ((x ^ y) & (x ^ r)) >>> 63;
        }
        return lost == 0;
    }

    static boolean multiply(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 8L * i);
            long y = Native.getLong(b + 8L * i);
            long r = x * y;
            Native.putLong(out + 8L * i, r);
            lost |= Math.multiplyHigh(x, y) ^ r >> 63;
        }
        return lost == 0;
    }

    static boolean multiplyConstant(long a, long y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            long x = Native.getLong(a + 8L * i);
            long r = x * y;
            Native.putLong(out + 8L * i, r);
            lost |= Math.multiplyHigh(x, y) ^ r >> 63;
        }
        return lost == 0;
    }
}
