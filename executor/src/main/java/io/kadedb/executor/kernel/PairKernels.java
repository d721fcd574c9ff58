package io.kadedb.executor.kernel;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.memory.Native;
import org.jspecify.annotations.Nullable;

/** Comparison of two columns row by row. NULLs are not looked at. */
final class PairKernels {
    private PairKernels() {}

    /** The selected values as longs of the same order, one after another. */
    static void keys(ColumnVector vector, int @Nullable [] rows, int count, long[] out) {
        long data = vector.data().address();
        switch (vector.type().layout()) {
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Native.getShort(data + 2L * (rows == null ? i : rows[i]));
                }
            }
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Native.getInt(data + 4L * (rows == null ? i : rows[i]));
                }
            }
            case INT64 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Native.getLong(data + 8L * (rows == null ? i : rows[i]));
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = OrderKeys.of(Native.getFloat(data + 4L * (rows == null ? i : rows[i])));
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = OrderKeys.of(Native.getDouble(data + 8L * (rows == null ? i : rows[i])));
                }
            }
            case BIT, INT128, INTERVAL, BYTES16, VARBYTES ->
                throw new IllegalArgumentException("no order key for " + vector.type());
        }
    }

    static int select(Comparison comparison, long[] a, long[] b, int @Nullable [] rows, int count, int[] out) {
        return switch (comparison) {
            case EQ -> equal(a, b, 0, rows, count, out);
            case NE -> equal(a, b, 1, rows, count, out);
            case LT -> less(a, b, 0, rows, count, out);
            case GE -> less(a, b, 1, rows, count, out);
            case GT -> less(b, a, 0, rows, count, out);
            case LE -> less(b, a, 1, rows, count, out);
        };
    }

    private static int equal(long[] a, long[] b, int flip, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            out[kept] = rows == null ? i : rows[i];
            kept += (a[i] == b[i] ? 1 : 0) ^ flip;
        }
        return kept;
    }

    private static int less(long[] a, long[] b, int flip, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            out[kept] = rows == null ? i : rows[i];
            kept += (a[i] < b[i] ? 1 : 0) ^ flip;
        }
        return kept;
    }
}
