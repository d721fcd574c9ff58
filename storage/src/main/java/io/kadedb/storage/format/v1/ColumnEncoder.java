package io.kadedb.storage.format.v1;

import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import java.util.Arrays;

/** Encodes the values of a column of a segment as a chunk, in the encoding that makes it small. */
public final class ColumnEncoder {
    static final int HAS_VALIDITY = 1;
    /** Bytes of text kept as least and greatest value. */
    private static final int BOUND_BYTES = 64;

    private ColumnEncoder() {}

    /** Encodes all rows of the buffer, at least one. */
    public static EncodedColumn encode(ColumnBuffer column) {
        DistinctSketch sketch = new DistinctSketch();
        ByteSink body = new ByteSink(column.rows() * 4 + column.totalBytes());
        Encoding encoding;
        if (column.isVarbytes()) {
            encoding = new StringEncoder(column).encode(body, sketch);
        } else {
            encoding = fixed(column, body);
            for (int i = 0; i < column.rows(); i++) {
                if (!column.isNull(i)) {
                    sketch.add(column.low(i), column.high(i));
                }
            }
        }
        return bounded(column, chunk(column, encoding, body), sketch);
    }

    private static byte[] chunk(ColumnBuffer column, Encoding encoding, ByteSink body) {
        ByteSink chunk = new ByteSink(body.length() + 8 + column.rows() / 8 + 16);
        chunk.putByte(encoding.number());
        chunk.putByte(column.nulls() > 0 ? HAS_VALIDITY : 0);
        chunk.putByte(0);
        chunk.putByte(0);
        chunk.putInt(column.rows());
        if (column.nulls() > 0) {
            for (int i = 0; i < (column.rows() + 63) / 64; i++) {
                chunk.putLong(column.validWords()[i]);
            }
        }
        byte[] bytes = body.toBytes();
        chunk.putBytes(bytes, 0, bytes.length);
        return chunk.toBytes();
    }

    private static Encoding fixed(ColumnBuffer column, ByteSink body) {
        int rows = column.rows();
        Layout layout = column.type().layout();
        if (isConstant(column, body)) {
            return Encoding.CONSTANT;
        }
        switch (layout) {
            case BIT -> {
                long[] bits = new long[(rows + 63) / 64];
                for (int i = 0; i < rows; i++) {
                    bits[i >>> 6] |= column.low(i) << i;
                }
                for (long word : bits) {
                    body.putLong(word);
                }
                return Encoding.BITS;
            }
            case INT16, INT32, INT64 -> {
                return IntegerEncoder.encode(filled(column), rows, body);
            }
            case INT128 -> {
                if (fitsLong(column)) {
                    return IntegerEncoder.encode(filled(column), rows, body);
                }
                raw(column, body);
            }
            case FLOAT32, FLOAT64 -> {
                if (new DecimalEncoder(column).encode(body)) {
                    return Encoding.DECIMAL;
                }
                raw(column, body);
            }
            default -> raw(column, body);
        }
        return Encoding.RAW;
    }

    private static void raw(ColumnBuffer column, ByteSink body) {
        int width = column.type().layout().width();
        for (int i = 0; i < column.rows(); i++) {
            if (width == 4) {
                body.putInt((int) column.low(i));
            } else {
                body.putLong(column.low(i));
                if (width == 16) {
                    body.putLong(column.high(i));
                }
            }
        }
    }

    private static boolean isConstant(ColumnBuffer column, ByteSink body) {
        int first = 0;
        while (first < column.rows() - 1 && column.isNull(first)) {
            first++;
        }
        for (int i = first + 1; i < column.rows(); i++) {
            if (!column.isNull(i) && (column.low(i) != column.low(first) || column.high(i) != column.high(first))) {
                return false;
            }
        }
        body.putLong(column.low(first));
        body.putLong(column.high(first));
        return true;
    }

    private static boolean fitsLong(ColumnBuffer column) {
        for (int i = 0; i < column.rows(); i++) {
            if (column.high(i) != column.low(i) >> 63) {
                return false;
            }
        }
        return true;
    }

    /** The values with those of NULL rows replaced by a neighbour's, which costs nothing in any encoding. */
    private static long[] filled(ColumnBuffer column) {
        long[] values = new long[column.rows()];
        int first = 0;
        while (first < column.rows() - 1 && column.isNull(first)) {
            first++;
        }
        long previous = column.low(first);
        for (int i = 0; i < values.length; i++) {
            previous = column.isNull(i) ? previous : column.low(i);
            values[i] = previous;
        }
        return values;
    }

    private static EncodedColumn bounded(ColumnBuffer column, byte[] chunk, DistinctSketch sketch) {
        int min = -1;
        int max = -1;
        for (int i = 0; i < column.rows(); i++) {
            if (!column.isNull(i)) {
                if (min < 0) {
                    min = i;
                    max = i;
                } else if (ValueOrder.compare(column, i, column, min) < 0) {
                    min = i;
                } else if (ValueOrder.compare(column, i, column, max) > 0) {
                    max = i;
                }
            }
        }
        if (min < 0) {
            return new EncodedColumn(chunk, column.nulls(), null, null, false, sketch);
        }
        boolean cut = column.isVarbytes() && column.byteLength(max) > BOUND_BYTES;
        return new EncodedColumn(chunk, column.nulls(), bound(column, min), bound(column, max), cut, sketch);
    }

    private static byte[] bound(ColumnBuffer column, int row) {
        KeyWriter key = new KeyWriter();
        if (column.isVarbytes() && column.byteLength(row) > BOUND_BYTES) {
            int end = BOUND_BYTES;
            byte[] bytes = column.bytes();
            int from = column.offset(row);
            if (column.type().isText()) {
                while (end > 0 && (bytes[from + end] & 0xC0) == 0x80) {
                    end--;
                }
            }
            key.addVarbytes(column.type(), Arrays.copyOfRange(bytes, from, from + end), 0, end);
        } else {
            column.writeKey(row, key);
        }
        return key.toBytes();
    }

    /** Encodes one value for comparison with the bounds of chunks. */
    public static byte[] bound(SqlType type, long low, long high) {
        KeyWriter key = new KeyWriter();
        key.addFixed(type, low, high);
        return key.toBytes();
    }
}
