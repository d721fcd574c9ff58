package io.kadedb.storage.format.v1;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The order of values, the same as that of their encoded keys: NULL first. */
public final class ValueOrder {
    private ValueOrder() {}

    public static int compareFixed(SqlType type, long low, long high, long otherLow, long otherHigh) {
        return switch (type.layout()) {
            case BIT, INT16, INT32, INT64 -> Long.compare(low, otherLow);
            case FLOAT32 ->
                Float.compare(Float.intBitsToFloat((int) low) + 0.0f, Float.intBitsToFloat((int) otherLow) + 0.0f);
            case FLOAT64 -> Double.compare(Double.longBitsToDouble(low) + 0.0, Double.longBitsToDouble(otherLow) + 0.0);
            case INT128 -> Int128.compare(low, high, otherLow, otherHigh);
            case INTERVAL -> Int128.intervalMicros(low, high).compareTo(Int128.intervalMicros(otherLow, otherHigh));
            case BYTES16 -> {
                int first = Long.compareUnsigned(Long.reverseBytes(low), Long.reverseBytes(otherLow));
                yield first != 0 ? first : Long.compareUnsigned(Long.reverseBytes(high), Long.reverseBytes(otherHigh));
            }
            case VARBYTES -> throw new IllegalArgumentException("not of fixed width: " + type);
        };
    }

    /** Compares rows of two buffers of one type. */
    public static int compare(ColumnBuffer a, int row, ColumnBuffer b, int other) {
        if (a.nulls() > 0 || b.nulls() > 0) {
            boolean missing = a.isNull(row);
            if (missing || b.isNull(other)) {
                return Boolean.compare(!missing, !b.isNull(other));
            }
        }
        if (a.isVarbytes()) {
            int from = a.offset(row);
            int otherFrom = b.offset(other);
            return Arrays.compareUnsigned(
                    a.bytes(), from, from + a.byteLength(row), b.bytes(), otherFrom, otherFrom + b.byteLength(other));
        }
        return compareFixed(a.type(), a.low(row), a.high(row), b.low(other), b.high(other));
    }

    /** Compares rows of several columns, the first one first. */
    public static int compare(List<ColumnBuffer> a, int row, List<ColumnBuffer> b, int other) {
        for (int i = 0; i < a.size(); i++) {
            int order = compare(a.get(i), row, b.get(i), other);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Compares a row of a vector with one of a buffer. */
    public static int compare(ColumnVector a, int row, ColumnBuffer b, int other) {
        boolean missing = a.isNull(row);
        if (missing || b.isNull(other)) {
            return Boolean.compare(!missing, !b.isNull(other));
        }
        if (!b.isVarbytes()) {
            return compareFixed(
                    b.type(), VectorValues.low(a, row), VectorValues.high(a, row), b.low(other), b.high(other));
        }
        ColumnVector plain = a.dictionary() == null ? a : a.dictionary();
        int index = a.dictionary() == null ? row : a.data().get(ColumnVector.INT32, 4L * row);
        long from = plain.data().get(ColumnVector.INT32, 4L * index);
        long to = plain.data().get(ColumnVector.INT32, 4L * index + 4);
        MemorySegment bytes = Objects.requireNonNull(plain.bytes());
        int length = b.byteLength(other);
        MemorySegment sought = MemorySegment.ofArray(b.bytes());
        long otherFrom = b.offset(other);
        long at = MemorySegment.mismatch(bytes, from, to, sought, otherFrom, otherFrom + length);
        if (at < 0) {
            return 0;
        }
        if (at == to - from || at == length) {
            return Long.compare(to - from, length);
        }
        return Byte.compareUnsigned(
                bytes.get(ColumnVector.INT8, from + at), sought.get(ColumnVector.INT8, otherFrom + at));
    }
}
