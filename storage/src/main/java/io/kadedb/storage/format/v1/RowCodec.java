package io.kadedb.storage.format.v1;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as one value: the columns in the order of their {@link RowLayout}, NULLs as bits ahead of them. */
public final class RowCodec {
    private RowCodec() {}

    /** Encodes a row of a table's columns. */
    public static byte[] encode(RowLayout layout, List<ColumnBuffer> columns, int row) {
        int places = layout.size();
        ByteSink out = new ByteSink(16 * places + 16);
        out.putVarint(places);
        for (int i = 0; i < places; i += 8) {
            int bits = 0;
            for (int j = i; j < Math.min(i + 8, places); j++) {
                RowLayout.Place place = layout.place(j);
                bits |= place.isDropped() || columns.get(place.ordinal()).isNull(row) ? 0 : 1 << (j - i);
            }
            out.putByte(bits);
        }
        for (int i = 0; i < places; i++) {
            RowLayout.Place place = layout.place(i);
            if (!place.isDropped() && !columns.get(place.ordinal()).isNull(row)) {
                put(columns.get(place.ordinal()), row, out);
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
     * @param layout of the table's rows now, which may have grown since the row was written
     * @param targets for each column of the table where to add it, or null to skip it
     */
    public static void decode(byte[] bytes, int from, RowLayout layout, List<@Nullable ColumnBuffer> targets) {
        ByteSource in = new ByteSource(bytes, from);
        int stored = (int) in.getVarint();
        if (stored > layout.size()) {
            throw KadeException.of(
                    ErrorCode.DATA_CORRUPTED,
                    "a row holds " + stored + " columns where its table has had " + layout.size());
        }
        int bits = in.position();
        in.skip((stored + 7) / 8);
        for (int i = 0; i < layout.size(); i++) {
            RowLayout.Place place = layout.place(i);
            ColumnBuffer target = place.isDropped() ? null : targets.get(place.ordinal());
            if (i >= stored) {
                if (target != null) {
                    target.add(place.missing());
                }
            } else if ((bytes[bits + i / 8] >>> (i % 8) & 1) != 0) {
                get(place.type(), in, target);
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

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
