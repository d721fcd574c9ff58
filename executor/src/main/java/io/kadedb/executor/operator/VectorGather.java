package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a batch's column of chosen rows of a vector. Text is not copied: the result is dictionary-encoded over the
 * vector it came from. Owns the memory of the result, which the next call overwrites. Belongs to one thread.
 */
final class VectorGather implements AutoCloseable {
    private static final int VALIDITY_BYTES = Batch.MAX_ROWS / 8;

    private final SqlType type;
    private final MemoryPool memory;
    private @Nullable MemorySegment data;
    private @Nullable MemorySegment validity;
    private @Nullable ColumnVector source;
    private @Nullable ColumnVector dictionary;

    VectorGather(SqlType type, MemoryPool memory) {
        this.type = type;
        this.memory = memory;
    }

    /** One for each column. */
    static VectorGather[] of(List<Field> fields, MemoryPool memory) {
        return fields.stream()
                .map(field -> new VectorGather(field.type(), memory))
                .toArray(VectorGather[]::new);
    }

    /**
     * Gathers rows of {@code from}.
     *
     * @param rows which; a negative one gives NULL
     * @param positions where in the result they go, or null for one after the other
     * @param length of the result; positions that are not written are undefined
     * @param hasMissing whether there are negative ones among the rows
     */
    ColumnVector gather(
            ColumnVector from, int[] rows, int @Nullable [] positions, int count, int length, boolean hasMissing) {
        long bits = 0;
        MemorySegment validitySegment = null;
        if (hasMissing || from.validity() != null) {
            validitySegment = validity();
            bits = validitySegment.address();
            gatherValidity(from, rows, positions, count, bits);
        }
        MemorySegment out = data();
        ColumnVector words = dictionaryOf(from);
        if (from.dictionary() == null && words != null) {
            codes(rows, positions, count, out.address());
        } else if (from.length() > 0) {
            Layout layout = words != null ? Layout.INT32 : type.layout();
            values(layout, from.data().address(), rows, positions, count, out.address());
        }
        return words != null
                ? ColumnVector.dictionary(length, out, validitySegment, words)
                : ColumnVector.fixed(type, length, out, validitySegment);
    }

    @SuppressWarnings("ReferenceEquality")
    private @Nullable ColumnVector dictionaryOf(ColumnVector from) {
        if (from.dictionary() != null || type.layout() != Layout.VARBYTES) {
            return from.dictionary();
        }
        // The same object for the same source, so that whoever caches by dictionary can tell that it is the same.
        if (source != from || dictionary == null) {
            source = from;
            dictionary = new ColumnVector(type, from.length(), from.data(), null, from.bytes(), null);
        }
        return dictionary;
    }

    private void gatherValidity(ColumnVector from, int[] rows, int @Nullable [] positions, int count, long bits) {
        Native.fill(bits, VALIDITY_BYTES, (byte) 0);
        MemorySegment sourceValidity = from.validity();
        long sourceBits = sourceValidity == null ? 0 : sourceValidity.address();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0 && (sourceBits == 0 || Native.getBit(sourceBits, row) != 0)) {
                Native.setBit(bits, positions == null ? i : positions[i]);
            }
        }
    }

    private static void codes(int[] rows, int @Nullable [] positions, int count, long out) {
        for (int i = 0; i < count; i++) {
            Native.putInt(out + 4L * (positions == null ? i : positions[i]), Math.max(0, rows[i]));
        }
    }

    private static void values(Layout layout, long from, int[] rows, int @Nullable [] positions, int count, long out) {
        switch (layout) {
            case BIT -> {
                for (int i = 0; i < count; i++) {
                    int to = positions == null ? i : positions[i];
                    long at = out + (to >>> 3);
                    int mask = 1 << (to & 7);
                    int old = Native.getByte(at);
                    boolean set = Native.getBit(from, Math.max(0, rows[i])) != 0;
                    Native.putByte(at, (byte) (set ? old | mask : old & ~mask));
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    long to = out + 2L * (positions == null ? i : positions[i]);
                    Native.putShort(to, Native.getShort(from + 2L * Math.max(0, rows[i])));
                }
            }
            case INT32, FLOAT32, VARBYTES -> {
                if (positions == null) {
                    for (int i = 0; i < count; i++) {
                        Native.putInt(out + 4L * i, Native.getInt(from + 4L * Math.max(0, rows[i])));
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        Native.putInt(out + 4L * positions[i], Native.getInt(from + 4L * Math.max(0, rows[i])));
                    }
                }
            }
            case INT64, FLOAT64 -> {
                if (positions == null) {
                    for (int i = 0; i < count; i++) {
                        Native.putLong(out + 8L * i, Native.getLong(from + 8L * Math.max(0, rows[i])));
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        Native.putLong(out + 8L * positions[i], Native.getLong(from + 8L * Math.max(0, rows[i])));
                    }
                }
            }
            case INT128, INTERVAL, BYTES16 -> {
                for (int i = 0; i < count; i++) {
                    long at = from + 16L * Math.max(0, rows[i]);
                    long to = out + 16L * (positions == null ? i : positions[i]);
                    Native.putLong(to, Native.getLong(at));
                    Native.putLong(to + 8, Native.getLong(at + 8));
                }
            }
        }
    }

    private MemorySegment data() {
        MemorySegment segment = data;
        if (segment == null) {
            segment = memory.allocate(
                    (long) Batch.MAX_ROWS * Math.max(4, type.layout().width()));
            data = segment;
        }
        return segment;
    }

    private MemorySegment validity() {
        MemorySegment segment = validity;
        if (segment == null) {
            segment = memory.allocate(VALIDITY_BYTES);
            validity = segment;
        }
        return segment;
    }

    @Override
    public void close() {
        if (data != null) {
            memory.free(data);
            data = null;
        }
        if (validity != null) {
            memory.free(validity);
            validity = null;
        }
    }
}
