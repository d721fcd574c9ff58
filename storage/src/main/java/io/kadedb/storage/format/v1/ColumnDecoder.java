package io.kadedb.storage.format.v1;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.jspecify.annotations.Nullable;

/** Decodes chunks into vectors. The caller has verified the checksum. */
public final class ColumnDecoder {
    static final int HEADER = 8;
    /** Readable bytes behind the values, for kernels that load whole vectors. */
    static final int SLACK = 64;

    private final SqlType type;
    private final MemorySegment chunk;
    private final SegmentAllocator memory;
    private final int rows;
    private final long body;

    ColumnDecoder(SqlType type, MemorySegment chunk, SegmentAllocator memory) {
        this.type = type;
        this.chunk = chunk;
        this.memory = memory;
        this.rows = chunk.get(ColumnVector.INT32, 4);
        this.body = HEADER + (hasValidity() ? ColumnVector.bitmapBytes(rows) : 0);
    }

    /**
     * The values of a chunk, in memory from the allocator; {@code chunk} is not needed afterwards.
     *
     * @throws KadeException XX003 for an encoding of a later version
     */
    public static ColumnVector decode(SqlType type, MemorySegment chunk, SegmentAllocator memory) {
        return new ColumnDecoder(type, chunk, memory).decode();
    }

    private boolean hasValidity() {
        return hasValidity(chunk);
    }

    /** Whether a chunk says which of its values are NULL. */
    static boolean hasValidity(MemorySegment chunk) {
        return (chunk.get(ColumnVector.INT8, 1) & ColumnEncoder.HAS_VALIDITY) != 0;
    }

    private ColumnVector decode() {
        MemorySegment validity = null;
        if (hasValidity()) {
            long bytes = ColumnVector.bitmapBytes(rows);
            validity = allocate(bytes);
            MemorySegment.copy(chunk, HEADER, validity, 0, bytes);
        }
        return switch (encoding(chunk)) {
            case STRINGS -> strings(body, rows, validity).vector;
            case DICTIONARY -> dictionary(validity);
            case CONSTANT -> ColumnVector.fixed(type, rows, constant(), validity);
            case FRAME_OF_REFERENCE -> ColumnVector.fixed(type, rows, frame(body, rows), validity);
            case DELTA -> ColumnVector.fixed(type, rows, steps(), validity);
            case DELTA_OF_DELTA -> ColumnVector.fixed(type, rows, changes(), validity);
            case DECIMAL -> ColumnVector.fixed(type, rows, decimals(), validity);
            case RUN_LENGTH -> ColumnVector.fixed(type, rows, runs(), validity);
            case RAW ->
                ColumnVector.fixed(type, rows, copy((long) rows * type.layout().width()), validity);
            case BITS -> ColumnVector.fixed(type, rows, copy(ColumnVector.bitmapBytes(rows)), validity);
        };
    }

    /** The encoding of a chunk. */
    static Encoding encoding(MemorySegment chunk) {
        int number = chunk.get(ColumnVector.INT8, 0);
        for (Encoding encoding : Encoding.values()) {
            if (encoding.number() == number) {
                return encoding;
            }
        }
        throw KadeException.of(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "a column is stored in encoding " + number + ", which this version of KadeDB does not know");
    }

    private MemorySegment allocate(long bytes) {
        return memory.allocate(bytes + SLACK, 64);
    }

    private MemorySegment copy(long bytes) {
        MemorySegment data = allocate(bytes);
        MemorySegment.copy(chunk, body, data, 0, bytes);
        return data;
    }

    private MemorySegment constant() {
        long low = chunk.get(ColumnVector.INT64, body);
        long high = chunk.get(ColumnVector.INT64, body + 8);
        if (type.layout() == Layout.BIT) {
            MemorySegment data = allocate(ColumnVector.bitmapBytes(rows));
            data.fill((byte) (low == 0 ? 0 : 0xFF));
            return data;
        }
        MemorySegment data = allocate((long) rows * type.layout().width());
        for (int i = 0; i < rows; i++) {
            FixedValues.set(type.layout(), data, i, low, high);
        }
        return data;
    }

    private void setInteger(MemorySegment data, int row, long value) {
        FixedValues.setInteger(type.layout(), data, row, value);
    }

    private MemorySegment frame(long at, int count) {
        long base = chunk.get(ColumnVector.INT64, at);
        int width = (int) chunk.get(ColumnVector.INT64, at + 8);
        MemorySegment data = allocate((long) count * type.layout().width());
        BitPacking.unpack(type.layout(), chunk, at + 16, 0, count, base, width, data);
        return data;
    }

    private MemorySegment steps() {
        MemorySegment data = allocate((long) rows * type.layout().width());
        steps(type.layout(), chunk, body, 0, rows, 0, data);
        return data;
    }

    /**
     * Values that each follow from the one before.
     *
     * @param before the value before the first that is wanted
     * @return the last value
     */
    static long steps(
            Layout layout, MemorySegment chunk, long body, int from, int count, long before, MemorySegment data) {
        long base = chunk.get(ColumnVector.INT64, body + 8);
        int width = (int) chunk.get(ColumnVector.INT64, body + 16);
        long value = before;
        int done = 0;
        if (from == 0) {
            value = chunk.get(ColumnVector.INT64, body);
            FixedValues.setInteger(layout, data, 0, value);
            done = 1;
        }
        for (int i = done; i < count; i++) {
            value += BitPacking.unpackOne(chunk, body + 24, from + i - 1, base, width);
            if (layout == Layout.INT64) {
                data.set(ColumnVector.INT64, 8L * i, value);
            } else {
                FixedValues.setInteger(layout, data, i, value);
            }
        }
        return value;
    }

    /** Blocks of differences between differences. */
    private MemorySegment changes() {
        long value = chunk.get(ColumnVector.INT64, body);
        long step = chunk.get(ColumnVector.INT64, body + 8);
        MemorySegment data = allocate((long) rows * type.layout().width());
        boolean wide = type.layout() == Layout.INT64;
        setInteger(data, 0, value);
        value += step;
        setInteger(data, 1, value);
        long at = body + 16;
        for (int from = 2; from < rows; from += DifferenceBlocks.BLOCK) {
            int to = Math.min(rows, from + DifferenceBlocks.BLOCK);
            long base = chunk.get(ColumnVector.INT64, at);
            int width = (int) chunk.get(ColumnVector.INT64, at + 8);
            at += 16;
            for (int i = from; i < to; i++) {
                step += BitPacking.unpackOne(chunk, at, i - from, base, width);
                value += step;
                if (wide) {
                    data.set(ColumnVector.INT64, 8L * i, value);
                } else {
                    setInteger(data, i, value);
                }
            }
            at += BitPacking.packedBytes(to - from, width);
        }
        return data;
    }

    /** Integers divided by a power of ten, and exceptions. */
    private MemorySegment decimals() {
        double power = DecimalEncoder.power((int) chunk.get(ColumnVector.INT64, body));
        int exceptions = (int) chunk.get(ColumnVector.INT64, body + 8);
        long base = chunk.get(ColumnVector.INT64, body + 16);
        int width = (int) chunk.get(ColumnVector.INT64, body + 24);
        boolean single = type.layout() == Layout.FLOAT32;
        MemorySegment data = allocate((long) rows * type.layout().width());
        if (single) {
            for (int i = 0; i < rows; i++) {
                long integer = BitPacking.unpackOne(chunk, body + 32, i, base, width);
                data.set(ColumnVector.FLOAT32, 4L * i, (float) (integer / power));
            }
        } else {
            BitPacking.unpack(Layout.INT64, chunk, body + 32, 0, rows, base, width, data);
            for (int i = 0; i < rows; i++) {
                data.set(ColumnVector.FLOAT64, 8L * i, data.get(ColumnVector.INT64, 8L * i) / power);
            }
        }
        long places = body + 32 + BitPacking.packedBytes(rows, width);
        long placeBase = chunk.get(ColumnVector.INT64, places);
        int placeWidth = (int) chunk.get(ColumnVector.INT64, places + 8);
        long values = places + 16 + BitPacking.packedBytes(exceptions, placeWidth);
        for (int i = 0; i < exceptions; i++) {
            int row = (int) BitPacking.unpackOne(chunk, places + 16, i, placeBase, placeWidth);
            if (single) {
                data.set(ColumnVector.INT32, 4L * row, chunk.get(ColumnVector.INT32, values + 4L * i));
            } else {
                data.set(ColumnVector.INT64, 8L * row, chunk.get(ColumnVector.INT64, values + 8L * i));
            }
        }
        return data;
    }

    private MemorySegment runs() {
        int runs = (int) chunk.get(ColumnVector.INT64, body);
        long heads = body + 8;
        long base = chunk.get(ColumnVector.INT64, heads);
        int width = (int) chunk.get(ColumnVector.INT64, heads + 8);
        long lengths = heads + 16 + BitPacking.packedBytes(runs, width);
        long lengthBase = chunk.get(ColumnVector.INT64, lengths);
        int lengthWidth = (int) chunk.get(ColumnVector.INT64, lengths + 8);
        MemorySegment data = allocate((long) rows * type.layout().width());
        int row = 0;
        for (int run = 0; run < runs; run++) {
            long value = BitPacking.unpackOne(chunk, heads + 16, run, base, width);
            long length = BitPacking.unpackOne(chunk, lengths + 16, run, lengthBase, lengthWidth);
            for (long i = 0; i < length; i++) {
                setInteger(data, row++, value);
            }
        }
        return data;
    }

    /** Strings and where they end in the chunk. */
    record Strings(ColumnVector vector, long end) {}

    private Strings strings(long at, int count, @Nullable MemorySegment validity) {
        long total = chunk.get(ColumnVector.INT64, at);
        long base = chunk.get(ColumnVector.INT64, at + 8);
        int width = (int) chunk.get(ColumnVector.INT64, at + 16);
        long packed = at + 24;
        MemorySegment offsets = allocate(4L * (count + 1));
        offsets(chunk, packed, 0, count, base, width, 0, offsets);
        long from = packed + BitPacking.packedBytes(count, width);
        MemorySegment bytes = allocate(total);
        MemorySegment.copy(chunk, from, bytes, 0, total);
        return new Strings(ColumnVector.varbytes(type, count, offsets, bytes, validity), from + total);
    }

    /**
     * Where strings begin, and behind them where the last one ends.
     *
     * @param packed where their lengths begin
     * @param first where the first of them begins
     * @return where the last one ends
     */
    static int offsets(
            MemorySegment chunk,
            long packed,
            int from,
            int count,
            long base,
            int width,
            int first,
            MemorySegment offsets) {
        int offset = first;
        for (int i = 0; i < count; i++) {
            offsets.set(ColumnVector.INT32, 4L * i, offset);
            offset += (int) BitPacking.unpackOne(chunk, packed, from + i, base, width);
        }
        offsets.set(ColumnVector.INT32, 4L * count, offset);
        return offset;
    }

    /** What the codes of a dictionary stand for. */
    Strings entries() {
        return strings(body + 8, (int) chunk.get(ColumnVector.INT64, body), null);
    }

    private ColumnVector dictionary(@Nullable MemorySegment validity) {
        Strings strings = entries();
        long at = strings.end;
        long base = chunk.get(ColumnVector.INT64, at);
        int width = (int) chunk.get(ColumnVector.INT64, at + 8);
        MemorySegment codes = allocate(4L * rows);
        BitPacking.unpack(Layout.INT32, chunk, at + 16, 0, rows, base, width, codes);
        return ColumnVector.dictionary(rows, codes, validity, strings.vector);
    }
}
