package io.kadedb.storage.format.v1;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the deltas of one table's rows, one row at a time, as {@link Delta} and {@link RowCodec} would. Owned by one thread. */
public final class DeltaEncoder {
    private static final int DROPPED = -1;

    private final int places;
    private final int[] ordinals;
    private final Layout[] layouts;
    private final ByteSink out = new ByteSink(128);

    public DeltaEncoder(TableDefinition table) {
        RowLayout layout = RowLayout.of(table);
        places = layout.size();
        ordinals = new int[places];
        layouts = new Layout[places];
        for (int i = 0; i < places; i++) {
            RowLayout.Place place = layout.place(i);
            ordinals[i] = place.isDropped() ? DROPPED : place.ordinal();
            layouts[i] = place.type().layout();
        }
    }

    /**
     * A row, behind room for the stamp.
     *
     * @param sequence of the statement within its transaction
     */
    public byte[] put(int sequence, long rowId, long[] hides, HeapRow row) {
        begin(Delta.PUT, sequence, rowId, hides);
        out.putVarint(places);
        for (int i = 0; i < places; i += 8) {
            int bits = 0;
            for (int j = i; j < Math.min(i + 8, places); j++) {
                bits |= ordinals[j] == DROPPED || row.isNull(ordinals[j]) ? 0 : 1 << (j - i);
            }
            out.putByte(bits);
        }
        for (int i = 0; i < places; i++) {
            if (ordinals[i] != DROPPED && !row.isNull(ordinals[i])) {
                put(layouts[i], row, ordinals[i]);
            }
        }
        return out.toBytes();
    }

    /** That a row is gone, behind room for the stamp. */
    public byte[] tombstone(int sequence, long rowId, long[] hides) {
        begin(Delta.TOMBSTONE, sequence, rowId, hides);
        return out.toBytes();
    }

    private void begin(int kind, int sequence, long rowId, long[] hides) {
        out.clear();
        out.putZeros(Stamp.BYTES);
        out.putByte(kind);
        out.putVarint(sequence);
        out.putVarint(rowId);
        out.putVarint(hides.length);
        for (long hidden : hides) {
            out.putVarint(hidden);
        }
    }

    private void put(Layout layout, HeapRow row, int ordinal) {
        switch (layout) {
            case BIT -> out.putByte((int) row.low(ordinal));
            case INT16, INT32, INT64 -> out.putVarint(RowCodec.zigzag(row.low(ordinal)));
            case FLOAT32 -> out.putInt((int) row.low(ordinal));
            case FLOAT64 -> out.putLong(row.low(ordinal));
            case INT128, INTERVAL, BYTES16 -> {
                out.putLong(row.low(ordinal));
                out.putLong(row.high(ordinal));
            }
            case VARBYTES -> {
                out.putVarint(row.length(ordinal));
                out.putBytes(row.bytes(ordinal), row.from(ordinal), row.length(ordinal));
            }
        }
    }

    /** What a stored delta says of the row on its key. */
    public static Head head(byte[] value) {
        Delta delta = Delta.decode(value);
        return new Head(delta.rowId(), delta.hides());
    }

    /**
     * The row on a key, and those that were there before it.
     *
     * @param hides not to be changed
     */
    public record Head(long rowId, long[] hides) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Head head && rowId == head.rowId && Arrays.equals(hides, head.hides);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(rowId) + Arrays.hashCode(hides);
        }
    }
}
