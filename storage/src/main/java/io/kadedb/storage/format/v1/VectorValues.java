package io.kadedb.storage.format.v1;

import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Single values out of vectors, in the form of {@link ColumnBuffer}. */
public final class VectorValues {
    private VectorValues() {}

    /** The value, or its first 8 bytes; of a dictionary vector the value that is meant. */
    public static long low(ColumnVector vector, int row) {
        ColumnVector dictionary = vector.dictionary();
        if (dictionary != null) {
            return low(dictionary, vector.data().get(ColumnVector.INT32, 4L * row));
        }
        MemorySegment data = vector.data();
        return switch (vector.type().layout()) {
            case BIT -> ColumnVector.bit(data, row) ? 1 : 0;
            case INT16 -> data.get(ColumnVector.INT16, 2L * row);
            case INT32, FLOAT32 -> data.get(ColumnVector.INT32, 4L * row);
            case INT64, FLOAT64 -> data.get(ColumnVector.INT64, 8L * row);
            case INT128, INTERVAL, BYTES16 -> data.get(ColumnVector.INT64, 16L * row);
            case VARBYTES -> throw new IllegalArgumentException("not of fixed width");
        };
    }

    /** The last 8 bytes of a 16-byte value, else 0. */
    public static long high(ColumnVector vector, int row) {
        ColumnVector dictionary = vector.dictionary();
        if (dictionary != null) {
            return high(dictionary, vector.data().get(ColumnVector.INT32, 4L * row));
        }
        return switch (vector.type().layout()) {
            case INT128, INTERVAL, BYTES16 -> vector.data().get(ColumnVector.INT64, 16L * row + 8);
            default -> 0;
        };
    }

    /** A copy of a text or byte string. */
    public static byte[] bytes(ColumnVector vector, int row) {
        ColumnVector dictionary = vector.dictionary();
        if (dictionary != null) {
            return bytes(dictionary, vector.data().get(ColumnVector.INT32, 4L * row));
        }
        int from = vector.data().get(ColumnVector.INT32, 4L * row);
        int to = vector.data().get(ColumnVector.INT32, 4L * row + 4);
        byte[] value = new byte[to - from];
        MemorySegment.copy(
                Objects.requireNonNull(vector.bytes()),
                java.lang.foreign.ValueLayout.JAVA_BYTE,
                from,
                value,
                0,
                value.length);
        return value;
    }
}
