package io.kadedb.storage.format.v1;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import org.jspecify.annotations.Nullable;

/**
 * The newest word on one logical key: a row, or that there is none.
 *
 * @param stamp when it was written
 * @param rowId of the row that is here, or was
 * @param hides ids of earlier rows of this key, gone for good, that segments may still hold; {@code rowId} itself is
 *     hidden in older segments without being listed
 * @param row holds the row as {@link RowCodec} wrote it at {@code rowOffset}, or null for a tombstone
 */
public record Delta(Stamp stamp, long rowId, long[] hides, byte @Nullable [] row, int rowOffset) {
    static final int PUT = 1;
    static final int TOMBSTONE = 2;
    private static final long[] NONE = {};

    /** A row that a statement writes. */
    public static Delta put(int sequence, long rowId, long[] hides, byte[] row) {
        return new Delta(Stamp.own(sequence), rowId, hides, row, 0);
    }

    /** A row that a statement removes. */
    public static Delta tombstone(int sequence, long rowId, long[] hides) {
        return new Delta(Stamp.own(sequence), rowId, hides, null, 0);
    }

    public boolean isPut() {
        return row != null;
    }

    /** About how much it takes in a transaction, without its key. */
    public int bytes() {
        return 32 + 6 * hides.length + (row == null ? 0 : row.length - rowOffset);
    }

    /** The value behind its stamp. */
    public byte[] encode() {
        return encode(0);
    }

    /** The value with room for its stamp in front. */
    public byte[] encodeWithRoom() {
        return encode(Stamp.BYTES);
    }

    private byte[] encode(int room) {
        ByteSink out = new ByteSink(room + bytes());
        out.putZeros(room);
        out.putByte(row == null ? TOMBSTONE : PUT);
        out.putVarint(stamp.sequence());
        out.putVarint(rowId);
        out.putVarint(hides.length);
        for (long hidden : hides) {
            out.putVarint(hidden);
        }
        if (row != null) {
            out.putBytes(row, rowOffset, row.length - rowOffset);
        }
        return out.toBytes();
    }

    /** Goes to the row in a stored value from behind its stamp; false if there is none. */
    static boolean skipToRow(ByteSource in) {
        int kind = kind(in);
        in.getVarint();
        in.getVarint();
        for (long hidden = in.getVarint(); hidden > 0; hidden--) {
            in.getVarint();
        }
        return kind == PUT;
    }

    private static int kind(ByteSource in) {
        int kind = in.getByte();
        if (kind != PUT && kind != TOMBSTONE) {
            throw KadeException.of(ErrorCode.INCOMPATIBLE_FORMAT, "a row is stored in the unknown form " + kind);
        }
        return kind;
    }

    /** What a running transaction writes, from the value with room for its stamp. */
    public static Delta own(byte[] value) {
        Delta delta = decode(value);
        return new Delta(Stamp.own(delta.stamp.sequence()), delta.rowId, delta.hides, delta.row, delta.rowOffset);
    }

    /** Reads a stored value with its stamp. */
    public static Delta decode(byte[] value) {
        ByteSource in = new ByteSource(value, Stamp.BYTES);
        int kind = kind(in);
        int sequence = (int) in.getVarint();
        long rowId = in.getVarint();
        int hidden = (int) in.getVarint();
        long[] hides = hidden == 0 ? NONE : new long[hidden];
        for (int i = 0; i < hides.length; i++) {
            hides[i] = in.getVarint();
        }
        Stamp stamp = new Stamp(Stamp.versionOf(value), sequence);
        return new Delta(stamp, rowId, hides, kind == PUT ? value : null, in.position());
    }
}
