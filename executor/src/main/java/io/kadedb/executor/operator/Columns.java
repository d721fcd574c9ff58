package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loads the selected values of a column into arrays, densely: value {@code i} is that of the i-th selected row. The
 * arrays fit the first-level cache, and the loops after it need no variants by type, selection or dictionary.
 */
final class Columns {
    private Columns() {}

    /** Values of integer layouts, BIT (0 or 1) and narrow decimals. Those of NULLs are undefined. */
    static void loadLongs(ColumnVector vector, int @Nullable [] selection, int count, long[] out) {
        ColumnVector dictionary = vector.dictionary();
        if (dictionary != null) {
            loadDictionaryLongs(vector, dictionary, selection, count, out);
            return;
        }
        long data = vector.data().address();
        switch (vector.type().layout()) {
            case INT64 -> {
                if (selection == null) {
                    MemorySegment.copy(vector.data(), ColumnVector.INT64, 0, out, 0, count);
                } else {
                    for (int i = 0; i < count; i++) {
                        out[i] = Native.getLong(data + 8L * selection[i]);
                    }
                }
            }
            case INT32 -> {
                if (selection == null) {
                    for (int i = 0; i < count; i++) {
                        out[i] = Native.getInt(data + 4L * i);
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        out[i] = Native.getInt(data + 4L * selection[i]);
                    }
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Native.getShort(data + 2L * row(selection, i));
                }
            }
            case BIT -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Native.getBit(data, row(selection, i));
                }
            }
            default -> throw new IllegalArgumentException("not an integer layout: " + vector.type());
        }
    }

    private static void loadDictionaryLongs(
            ColumnVector vector, ColumnVector dictionary, int @Nullable [] selection, int count, long[] out) {
        int[] codes = new int[count];
        loadCodes(vector, selection, count, codes);
        clampCodes(codes, count, dictionary.length());
        loadLongs(dictionary, codes, count, out);
    }

    private static void clampCodes(int[] codes, int count, int length) {
        // The codes of NULLs may be anything.
        for (int i = 0; i < count; i++) {
            if (codes[i] < 0 || codes[i] >= length) {
                codes[i] = 0;
            }
        }
    }

    /** Dictionary codes, or any int32 values. */
    static void loadCodes(ColumnVector vector, int @Nullable [] selection, int count, int[] out) {
        if (selection == null) {
            MemorySegment.copy(vector.data(), ColumnVector.INT32, 0, out, 0, count);
            return;
        }
        long data = vector.data().address();
        for (int i = 0; i < count; i++) {
            out[i] = Native.getInt(data + 4L * selection[i]);
        }
    }

    /** Values of floating point layouts. Those of NULLs are undefined. */
    static void loadDoubles(ColumnVector vector, int @Nullable [] selection, int count, double[] out) {
        ColumnVector dictionary = vector.dictionary();
        if (dictionary != null) {
            int[] codes = new int[count];
            loadCodes(vector, selection, count, codes);
            clampCodes(codes, count, dictionary.length());
            loadDoubles(dictionary, codes, count, out);
            return;
        }
        long data = vector.data().address();
        if (vector.type().layout() == Layout.FLOAT32) {
            for (int i = 0; i < count; i++) {
                out[i] = Native.getFloat(data + 4L * row(selection, i));
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = Native.getDouble(data + 8L * row(selection, i));
        }
    }

    /** Which row the i-th selected one is. */
    static int row(int @Nullable [] selection, int i) {
        return selection == null ? i : selection[i];
    }

    /** The selection, or if it is null the first rows, written into {@code scratch}. */
    static int[] rows(int @Nullable [] selection, int count, int[] scratch) {
        if (selection != null) {
            return selection;
        }
        for (int i = 0; i < count; i++) {
            scratch[i] = i;
        }
        return scratch;
    }

    /**
     * Keeps the selected rows in which a column is not NULL.
     *
     * @param positions where the positions (of {@code 0..count-1}) of the rows kept are written
     * @return how many, or -1 if there is no NULL among them, and nothing was written
     */
    static int dropNulls(ColumnVector vector, int @Nullable [] selection, int count, int[] positions) {
        MemorySegment validity = vector.validity();
        if (validity == null) {
            return -1;
        }
        long bits = validity.address();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            positions[kept] = i;
            kept += Native.getBit(bits, row(selection, i));
        }
        return kept == count ? -1 : kept;
    }

    /** The rows of the columns in this order. */
    static Batch project(Batch batch, int[] columns) {
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            vectors[i] = batch.column(columns[i]);
        }
        return new Batch(batch.length(), Arrays.asList(vectors));
    }
}
