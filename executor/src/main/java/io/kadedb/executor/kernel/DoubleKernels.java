package io.kadedb.executor.kernel;

import io.kadedb.executor.memory.Native;

/**
 * Sums, differences and products of doubles for all rows, NULL or not. Each gives whether every result is exact (for doubles: in range);
 * if not, the caller looks at the rows that count.
 */
final class DoubleKernels {
    private DoubleKernels() {}

    static boolean add(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = Native.getDouble(a + 8L * i);
            double y = Native.getDouble(b + 8L * i);
            double r = x + y;
            Native.putDouble(out + 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean add(long a, double y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = Native.getDouble(a + 8L * i);
            double r = x + y;
            Native.putDouble(out + 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean subtract(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = Native.getDouble(a + 8L * i);
            double y = Native.getDouble(b + 8L * i);
            double r = x - y;
            Native.putDouble(out + 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean subtract(long a, double y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = Native.getDouble(a + 8L * i);
            double r = x - y;
            Native.putDouble(out + 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean subtract(double x, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double y = Native.getDouble(b + 8L * i);
            double r = x - y;
            Native.putDouble(out + 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean multiply(long a, long b, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = Native.getDouble(a + 8L * i);
            double y = Native.getDouble(b + 8L * i);
            double r = x * y;
            Native.putDouble(out + 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE && (r != 0 || x == 0 || y == 0) ? 0 : 1;
        }
        return lost == 0;
    }

    static boolean multiply(long a, double y, int length, long out) {
        long lost = 0;
        for (int i = 0; i < length; i++) {
            double x = Native.getDouble(a + 8L * i);
            double r = x * y;
            Native.putDouble(out + 8L * i, r);
            lost |= Math.abs(r) <= Double.MAX_VALUE && (r != 0 || x == 0 || y == 0) ? 0 : 1;
        }
        return lost == 0;
    }
}
