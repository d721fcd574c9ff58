package io.kadedb.storage.format.v1;

import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads some columns of rows as {@link RowCodec} wrote them, one row at a time. */
public final class RowDecoder {
    private static final int SKIPPED = -1;

    private final int places;
    private final Layout[] layouts;
    private final int[] targets;
    private final @Nullable MissingValue[] missing;
    /** Behind it nothing is wanted. */
    private final int end;

    /** @param wanted ordinals of columns, each once, in the order in which rows are to have them */
    public RowDecoder(TableDefinition table, List<Integer> wanted) {
        RowLayout layout = RowLayout.of(table);
        places = layout.size();
        layouts = new Layout[places];
        targets = new int[places];
        missing = new MissingValue[places];
        int last = 0;
        for (int i = 0; i < places; i++) {
            RowLayout.Place place = layout.place(i);
            layouts[i] = place.type().layout();
            targets[i] = place.isDropped() ? SKIPPED : wanted.indexOf(place.ordinal());
            missing[i] = place.missing();
            last = targets[i] == SKIPPED ? last : i + 1;
        }
        end = last;
    }

    /** Reads the row of a delta with its stamp; false if the delta says that there is none. */
    public boolean decodeDelta(byte[] value, HeapRow row) {
        ByteSource in = new ByteSource(value, Stamp.BYTES);
        if (!Delta.skipToRow(in)) {
            return false;
        }
        decode(in, row);
        return true;
    }

    /** Reads a row that lies in an array. */
    public void decode(byte[] bytes, int from, HeapRow row) {
        decode(new ByteSource(bytes, from), row);
    }

    private void decode(ByteSource in, HeapRow row) {
        int stored = (int) in.getVarint();
        if (stored > places) {
            throw KadeException.of(
                    ErrorCode.DATA_CORRUPTED, "a row holds " + stored + " columns where its table has had " + places);
        }
        byte[] bytes = in.array();
        int bits = in.position();
        in.skip((stored + 7) / 8);
        for (int i = 0; i < end; i++) {
            int target = targets[i];
            if (i >= stored) {
                if (target != SKIPPED) {
                    set(row, target, layouts[i], missing[i]);
                }
            } else if ((bytes[bits + i / 8] >>> (i % 8) & 1) != 0) {
                read(in, layouts[i], row, target);
            } else if (target != SKIPPED) {
                row.setNull(target);
            }
        }
    }

    /** Gives a row what those have that are older than the column. */
    public static void set(HeapRow row, int target, Layout layout, @Nullable MissingValue value) {
        if (value == null) {
            row.setNull(target);
        } else if (layout == Layout.VARBYTES) {
            byte[] bytes = value.bytes();
            row.set(target, bytes, 0, bytes.length);
        } else {
            row.set(target, value.low(), value.high());
        }
    }

    private static void read(ByteSource in, Layout layout, HeapRow row, int target) {
        long low;
        long high = 0;
        switch (layout) {
            case BIT -> low = in.getByte();
            case INT16, INT32, INT64 -> low = RowCodec.unzigzag(in.getVarint());
            case FLOAT32 -> low = in.getInt();
            case FLOAT64 -> low = in.getLong();
            case INT128, INTERVAL, BYTES16 -> {
                low = in.getLong();
                high = in.getLong();
            }
            case VARBYTES -> {
                int length = (int) in.getVarint();
                if (target != SKIPPED) {
                    row.set(target, in.array(), in.position(), length);
                }
                in.skip(length);
                return;
            }
            default -> throw new IllegalStateException("no such layout: " + layout);
        }
        if (target != SKIPPED) {
            row.set(target, low, high);
        }
    }
}
