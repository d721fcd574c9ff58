package io.kadedb.storage.format.v1;

import io.kadedb.common.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as one value: the columns in order, NULLs as bits ahead of them. */
public final class RowCodec {
    private RowCodec() {}

    /** Encodes a row of the given columns. */
    public static byte[] encode(List<ColumnBuffer> columns, int row) {
        ByteSink out = new ByteSink(16 * columns.size() + 16);
        out.putVarint(columns.size());
        for (int i = 0; i < columns.size(); i += 8) {
            int bits = 0;
            for (int j = i; j < Math.min(i + 8, columns.size()); j++) {
                bits |= columns.get(j).isNull(row) ? 0 : 1 << (j - i);
            }
            out.putByte(bits);
        }
        for (ColumnBuffer column : columns) {
            if (!column.isNull(row)) {
                put(column, row, out);
            }
        }
        return out.toBytes();
    }

    private static void put(ColumnBuffer column, int row, ByteSink out) {
        switch (column.type().layout()) {
            case BIT -> out.putByte((int) column.low(row));
            case INT16, INT32, INT64 -> out.putVarint(zigzag(column.low(row)));
            case FLOAT32 -> out.putInt((int) column.low(row));
            case FLOAT64 -> out.putLong(column.low(row));
            case INT128, INTERVAL, BYTES16 -> {
                out.putLong(column.low(row));
                out.putLong(column.high(row));
            }
            case VARBYTES -> {
                out.putVarint(column.byteLength(row));
                out.putBytes(column.bytes(), column.offset(row), column.byteLength(row));
            }
        }
    }

    /**
     * Decodes a row.
     *
     * @param bytes holds the row at {@code from}
     * @param types of the table's columns; those that the row is older than are NULL
     * @param targets for each column where to add it, or null to skip it
     */
    public static void decode(byte[] bytes, int from, List<SqlType> types, List<@Nullable ColumnBuffer> targets) {
        ByteSource in = new ByteSource(bytes, from);
        int stored = (int) in.getVarint();
        int bits = in.position();
        in.skip((stored + 7) / 8);
        for (int i = 0; i < types.size(); i++) {
            boolean present = i < stored && (bytes[bits + i / 8] >>> (i % 8) & 1) != 0;
            ColumnBuffer target = targets.get(i);
            if (present) {
                get(types.get(i), in, target);
            } else if (target != null) {
                target.addNull();
            }
        }
    }

    private static void get(SqlType type, ByteSource in, @Nullable ColumnBuffer target) {
        long low = 0;
        long high = 0;
        switch (type.layout()) {
            case BIT -> low = in.getByte();
            case INT16, INT32, INT64 -> low = unzigzag(in.getVarint());
            case FLOAT32 -> low = in.getInt();
            case FLOAT64 -> low = in.getLong();
            case INT128, INTERVAL, BYTES16 -> {
                low = in.getLong();
                high = in.getLong();
            }
            case VARBYTES -> {
                int length = (int) in.getVarint();
                if (target != null) {
                    target.addVarbytes(in.array(), in.position(), length);
                }
                in.skip(length);
                return;
            }
        }
        if (target != null) {
            target.addFixed(low, high);
        }
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
