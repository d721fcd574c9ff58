package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.FLOAT32;
import static io.kadedb.common.data.ColumnVector.FLOAT64;
import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;
import static io.kadedb.common.data.ColumnVector.INT8;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Single values of vectors as objects, of the classes that {@link io.kadedb.planner.physical.Expr.Literal} lists: for
 * results, constants and rare functions, never for loops over rows that matter.
 */
public final class Values {
    private Values() {}

    /** The value of a row, or null. */
    public static @Nullable Object get(ColumnVector vector, int row) {
        if (vector.isNull(row) || vector.type().id() == TypeId.NULL) {
            return null;
        }
        ColumnVector dictionary = vector.dictionary();
        return dictionary == null
                ? present(vector, row)
                : present(dictionary, vector.data().get(INT32, 4L * row));
    }

    private static Object present(ColumnVector vector, int row) {
        MemorySegment data = vector.data();
        SqlType type = vector.type();
        return switch (type.layout()) {
            case BIT -> ColumnVector.bit(data, row);
            case INT16 -> (long) data.get(INT16, 2L * row);
            case INT32 -> (long) data.get(INT32, 4L * row);
            case INT64 -> {
                long value = data.get(INT64, 8L * row);
                yield type.id() == TypeId.DECIMAL ? (Object) BigDecimal.valueOf(value, type.scale()) : (Object) value;
            }
            case FLOAT32 -> (double) data.get(FLOAT32, 4L * row);
            case FLOAT64 -> data.get(FLOAT64, 8L * row);
            case INT128 -> decimal(data, row, type.scale());
            case INTERVAL ->
                new Interval(
                        data.get(INT32, 16L * row), data.get(INT32, 16L * row + 4), data.get(INT64, 16L * row + 8));
            case BYTES16 ->
                new UUID(
                        Long.reverseBytes(data.get(INT64, 16L * row)),
                        Long.reverseBytes(data.get(INT64, 16L * row + 8)));
            case VARBYTES -> {
                byte[] bytes = bytes(vector, row);
                yield type.isWritten()
                        ? (Object) new String(bytes, StandardCharsets.UTF_8)
                        : (Object) ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            }
        };
    }

    private static BigDecimal decimal(MemorySegment data, int row, int scale) {
        return new Int128().load(data, 16L * row).toBigDecimal(scale);
    }

    /** The bytes of a value of a plain vector of text or bytea. */
    public static byte[] bytes(ColumnVector vector, int row) {
        MemorySegment bytes = bytesOf(vector);
        int from = vector.data().get(INT32, 4L * row);
        int length = vector.data().get(INT32, 4L * row + 4) - from;
        byte[] copy = new byte[length];
        MemorySegment.copy(bytes, INT8, from, copy, 0, length);
        return copy;
    }

    static MemorySegment bytesOf(ColumnVector vector) {
        MemorySegment bytes = vector.bytes();
        if (bytes == null) {
            throw new IllegalArgumentException("not a vector of text or bytes: " + vector.type());
        }
        return bytes;
    }
}
