package io.kadedb.storage.format.v1;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A chunk decoded piece by piece, each over the one before, so that what is decoded never leaves the processor's caches: for a
 * column that is read once. Owned by one thread.
 */
public final class ChunkPieces {
    private final SqlType type;
    private final Encoding encoding;
    private final MemorySegment chunk;
    private final long body;
    private final MemorySegment target;
    /** Of a dictionary: what the codes stand for. */
    private final @Nullable ColumnVector entries;
    /** Where the frame of the values lies. */
    private final long frame;

    private int next;
    /** The last value, or where the last string ends. */
    private long last;

    /**
     * Nothing is decoded yet.
     *
     * @param chunk native memory that may be read 64 bytes behind the chunk; it is needed as long as the pieces are
     * @param mostRows of a piece
     * @param memory holds a piece, and the entries of a dictionary
     */
    public ChunkPieces(SqlType type, MemorySegment chunk, int mostRows, SegmentAllocator memory) {
        this.type = type;
        this.chunk = chunk;
        this.encoding = ColumnDecoder.encoding(chunk);
        int rows = chunk.get(ColumnVector.INT32, 4);
        this.body = ColumnDecoder.HEADER + (ColumnDecoder.hasValidity(chunk) ? ColumnVector.bitmapBytes(rows) : 0);
        long width = switch (encoding) {
            case RAW, BITS -> 0;
            case STRINGS, DICTIONARY -> Integer.BYTES;
            default -> type.layout().width();
        };
        this.target = memory.allocate(width * (mostRows + 1L) + ColumnDecoder.SLACK, 64);
        ColumnVector dictionary = null;
        long at = body;
        if (encoding == Encoding.DICTIONARY) {
            ColumnDecoder.Strings strings = new ColumnDecoder(type, chunk, memory).entries();
            dictionary = strings.vector();
            at = strings.end();
        } else if (encoding == Encoding.STRINGS) {
            at = body + Long.BYTES;
        } else if (encoding == Encoding.CONSTANT) {
            for (int i = 0; i < mostRows; i++) {
                FixedValues.set(type.layout(), target, i, longAt(body), longAt(body + 8));
            }
        }
        this.entries = dictionary;
        this.frame = at;
    }

    /** Whether a chunk can be read so, and is worth it. */
    public static boolean areIn(MemorySegment chunk, SqlType type) {
        return switch (ColumnDecoder.encoding(chunk)) {
            case FRAME_OF_REFERENCE, DELTA, RAW, BITS, STRINGS, DICTIONARY -> true;
            case CONSTANT -> type.layout() != Layout.BIT;
            case RUN_LENGTH, DELTA_OF_DELTA, DECIMAL -> false;
        };
    }

    /**
     * Rows from one on, valid until the next call.
     *
     * @param from a multiple of 64, behind what was read before
     */
    public ColumnVector read(int from, int count) {
        assert from >= next && (from & 63) == 0;
        MemorySegment validity =
                ColumnDecoder.hasValidity(chunk) ? chunk.asSlice(ColumnDecoder.HEADER + (from >>> 3)) : null;
        ColumnVector vector = switch (encoding) {
            case RAW ->
                fixed(count, chunk.asSlice(body + (long) from * type.layout().width()), validity);
            case BITS -> fixed(count, chunk.asSlice(body + (from >>> 3)), validity);
            case CONSTANT -> fixed(count, target, validity);
            case FRAME_OF_REFERENCE -> {
                unpack(type.layout(), from, count);
                yield fixed(count, target, validity);
            }
            case DELTA -> {
                skipTo(from);
                last = ColumnDecoder.steps(type.layout(), chunk, body, from, count, last, target);
                yield fixed(count, target, validity);
            }
            case STRINGS -> {
                skipTo(from);
                yield strings(from, count, validity);
            }
            case DICTIONARY -> {
                unpack(Layout.INT32, from, count);
                yield ColumnVector.dictionary(count, target, validity, java.util.Objects.requireNonNull(entries));
            }
            case RUN_LENGTH, DELTA_OF_DELTA, DECIMAL ->
                throw new IllegalStateException("not read in pieces: " + encoding);
        };
        next = from + count;
        return vector;
    }

    private ColumnVector fixed(int count, MemorySegment data, @Nullable MemorySegment validity) {
        return ColumnVector.fixed(type, count, data, validity);
    }

    private void unpack(Layout layout, int from, int count) {
        BitPacking.unpack(layout, chunk, frame + 16, from, count, longAt(frame), (int) longAt(frame + 8), target);
    }

    private ColumnVector strings(int from, int count, @Nullable MemorySegment validity) {
        int width = (int) longAt(frame + 8);
        last = ColumnDecoder.offsets(
                chunk, frame + 16, from, count, longAt(frame), width, Math.toIntExact(last), target);
        int rows = chunk.get(ColumnVector.INT32, 4);
        MemorySegment bytes = chunk.asSlice(frame + 16 + BitPacking.packedBytes(rows, width));
        return ColumnVector.varbytes(type, count, target, bytes, validity);
    }

    /** Goes past rows that nobody wants, for what follows them builds on them. */
    private void skipTo(int from) {
        boolean steps = encoding == Encoding.DELTA;
        long at = steps ? body + 8 : frame;
        for (int row = next; row < from; row++) {
            last += steps && row == 0
                    ? longAt(body)
                    : BitPacking.unpackOne(chunk, at + 16, steps ? row - 1 : row, longAt(at), (int) longAt(at + 8));
        }
        next = from;
    }

    private long longAt(long offset) {
        return chunk.get(ColumnVector.INT64, offset);
    }
}
