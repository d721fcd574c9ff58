package io.kadedb.executor.kernel;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.memory.Native;
import org.jspecify.annotations.Nullable;

/**
 * Select the rows whose value lies in {@code low..high}, or outside ({@code flip} 1): every comparison with a constant
 * is one of these. One unsigned comparison a value, no branches. NULLs are not looked at.
 */
final class RangeKernels {
    private RangeKernels() {}

    /** The value of one row as a long of the same order. */
    static long key(ColumnVector vector, int row) {
        long data = vector.data().address();
        return switch (vector.type().layout()) {
            case INT16 -> Native.getShort(data + 2L * row);
            case INT32 -> Native.getInt(data + 4L * row);
            case INT64 -> Native.getLong(data + 8L * row);
            case FLOAT32 -> OrderKeys.of(Native.getFloat(data + 4L * row));
            case FLOAT64 -> OrderKeys.of(Native.getDouble(data + 8L * row));
            case BIT, INT128, INTERVAL, BYTES16, VARBYTES ->
                throw new IllegalArgumentException("no order key for " + vector.type());
        };
    }

    static int select(
            ColumnVector vector, long low, long high, boolean outside, int @Nullable [] rows, int count, int[] out) {
        int flip = outside ? 1 : 0;
        long data = vector.data().address();
        return switch (vector.type().layout()) {
            case INT16 -> shorts(data, low, high - low, flip, rows, count, out);
            case INT32 ->
                rows == null
                        ? allInts(data, (int) low, (int) high - (int) low, flip, count, out)
                        : ints(data, (int) low, (int) high - (int) low, flip, rows, count, out);
            case INT64 ->
                rows == null
                        ? allLongs(data, low, high - low, flip, count, out)
                        : longs(data, low, high - low, flip, rows, count, out);
            case FLOAT32 -> floats(data, low, high - low, flip, rows, count, out);
            case FLOAT64 -> doubles(data, low, high - low, flip, rows, count, out);
            case BIT, INT128, INTERVAL, BYTES16, VARBYTES ->
                throw new IllegalArgumentException("no order key for " + vector.type());
        };
    }

    private static int shorts(long data, long low, long span, int flip, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            out[kept] = row;
            kept += (Long.compareUnsigned(Native.getShort(data + 2L * row) - low, span) <= 0 ? 1 : 0) ^ flip;
        }
        return kept;
    }

    private static int allInts(long data, int low, int span, int flip, int count, int[] out) {
        int kept = 0;
        for (int row = 0; row < count; row++) {
            out[kept] = row;
            kept += (Integer.compareUnsigned(Native.getInt(data + 4L * row) - low, span) <= 0 ? 1 : 0) ^ flip;
        }
        return kept;
    }

    private static int ints(long data, int low, int span, int flip, int[] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            out[kept] = row;
            kept += (Integer.compareUnsigned(Native.getInt(data + 4L * row) - low, span) <= 0 ? 1 : 0) ^ flip;
        }
        return kept;
    }

    private static int allLongs(long data, long low, long span, int flip, int count, int[] out) {
        int kept = 0;
        for (int row = 0; row < count; row++) {
            out[kept] = row;
            kept += (Long.compareUnsigned(Native.getLong(data + 8L * row) - low, span) <= 0 ? 1 : 0) ^ flip;
        }
        return kept;
    }

    private static int longs(long data, long low, long span, int flip, int[] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            out[kept] = row;
            kept += (Long.compareUnsigned(Native.getLong(data + 8L * row) - low, span) <= 0 ? 1 : 0) ^ flip;
        }
        return kept;
    }

    private static int floats(long data, long low, long span, int flip, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            out[kept] = row;
            long key = OrderKeys.of(Native.getFloat(data + 4L * row));
            kept += (Long.compareUnsigned(key - low, span) <= 0 ? 1 : 0) ^ flip;
        }
        return kept;
    }

    private static int doubles(long data, long low, long span, int flip, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            out[kept] = row;
            long key = OrderKeys.of(Native.getDouble(data + 8L * row));
            kept += (Long.compareUnsigned(key - low, span) <= 0 ? 1 : 0) ^ flip;
        }
        return kept;
    }
}
