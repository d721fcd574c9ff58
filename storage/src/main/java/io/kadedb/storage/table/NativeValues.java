package io.kadedb.storage.table;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.HeapRow;
import io.kadedb.storage.format.v1.VectorValues;
import java.lang.foreign.MemorySegment;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Single values of decoded columns, read by address: the layers of a memory segment are free only once the optimizing
 * compiler has seen them. The caller holds the column.
 */
final class NativeValues {
    private NativeValues() {}

    /** Copies a value to a row. */
    static void read(ColumnVector vector, int position, HeapRow row, int target) {
        MemorySegment validity = vector.validity();
        if (validity != null && !ColumnVector.bit(validity, position)) {
            row.setNull(target);
            return;
        }
        MemorySegment data = vector.data();
        if (vector.isDictionary() || !data.isNative()) {
            general(vector, position, row, target);
            return;
        }
        long address = data.address();
        switch (vector.type().layout()) {
            case INT16 -> row.set(target, MemoryUtil.getShort(address + 2L * position), 0);
            case INT32, FLOAT32 -> row.set(target, MemoryUtil.getInt(address + 4L * position), 0);
            case INT64, FLOAT64 -> row.set(target, MemoryUtil.getLong(address + 8L * position), 0);
            case INT128, INTERVAL, BYTES16 -> {
                long at = address + 16L * position;
                row.set(target, MemoryUtil.getLong(at), MemoryUtil.getLong(at + 8));
            }
            case BIT, VARBYTES -> general(vector, position, row, target);
        }
    }

    private static void general(ColumnVector vector, int position, HeapRow row, int target) {
        switch (vector.type().layout()) {
            case VARBYTES -> {
                byte[] bytes = VectorValues.bytes(vector, position);
                row.set(target, bytes, 0, bytes.length);
            }
            default -> row.set(target, VectorValues.low(vector, position), VectorValues.high(vector, position));
        }
    }
}
