package io.kadedb.storage.format.v1;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import java.lang.foreign.MemorySegment;

/** Writes values of fixed width as vectors have them. */
final class FixedValues {
    private FixedValues() {}

    static void set(Layout layout, MemorySegment data, int row, long low, long high) {
        switch (layout) {
            case INT16 -> data.set(ColumnVector.INT16, 2L * row, (short) low);
            case INT32, FLOAT32 -> data.set(ColumnVector.INT32, 4L * row, (int) low);
            case INT64, FLOAT64 -> data.set(ColumnVector.INT64, 8L * row, low);
            case INT128, INTERVAL, BYTES16 -> {
                data.set(ColumnVector.INT64, 16L * row, low);
                data.set(ColumnVector.INT64, 16L * row + 8, high);
            }
            case BIT, VARBYTES -> throw new IllegalStateException("not of fixed width: " + layout);
        }
    }

    static void setInteger(Layout layout, MemorySegment data, int row, long value) {
        set(layout, data, row, value, value >> 63);
    }
}
