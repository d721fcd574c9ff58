package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.FLOAT32;
import static io.kadedb.common.data.ColumnVector.FLOAT64;
import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A column that grows, in memory of a pool. Belongs to one thread. What is appended from dictionary vectors is decoded.
 */
public final class VectorBuilder implements AutoCloseable {
    private static final int FIRST_ROWS = 64;
    private static final int FIRST_BYTES = 1024;

    private final SqlType type;
    private final Layout layout;
    private final MemoryPool memory;
    private final Int128 decimal = new Int128();

    private int length;
    private int capacity;
    private @Nullable MemorySegment data;
    private @Nullable MemorySegment validity;
    private boolean hasValidity;
    private @Nullable MemorySegment bytes;
    private int byteLength;

    public VectorBuilder(SqlType type, MemoryPool memory) {
        this.type = type;
        this.layout = type.layout();
        this.memory = memory;
    }

    public SqlType type() {
        return type;
    }

    public int length() {
        return length;
    }

    /** Memory held, in bytes. */
    public long memoryBytes() {
        return size(data) + size(validity) + size(bytes);
    }

    private static long size(@Nullable MemorySegment segment) {
        return segment == null ? 0 : segment.byteSize();
    }

    /** Forgets the values and keeps the memory; vectors built before become invalid. */
    public void clear() {
        length = 0;
        byteLength = 0;
        hasValidity = false;
    }

    /** What was appended so far: a view, valid until the next append, clear or close. */
    public ColumnVector build() {
        MemorySegment values = reserve(0);
        MemorySegment text = layout == Layout.VARBYTES ? reserveBytes(0) : null;
        return new ColumnVector(type, length, values, hasValidity ? validity : null, text, null);
    }

    /** Room for so many more values; gives the data buffer. */
    MemorySegment reserve(int rows) {
        long wanted = (long) length + rows;
        MemorySegment old = data;
        if (old != null && wanted <= capacity) {
            return old;
        }
        if (wanted > Integer.MAX_VALUE - 64) {
            throw tooLarge();
        }
        int newCapacity =
                (int) Math.min(Integer.MAX_VALUE - 64L, Math.max(Math.max(FIRST_ROWS, wanted), 2L * capacity));
        MemorySegment grown = memory.allocate(dataBytes(newCapacity));
        MemorySegment grownValidity;
        try {
            grownValidity = validity == null ? null : memory.allocate(ColumnVector.bitmapBytes(newCapacity));
        } catch (KadeException e) {
            memory.free(grown);
            throw e;
        }
        if (grownValidity != null && validity != null) {
            replace(validity, grownValidity);
            validity = grownValidity;
        }
        if (old != null) {
            replace(old, grown);
        }
        data = grown;
        capacity = newCapacity;
        return grown;
    }

    private long dataBytes(int rows) {
        return switch (layout) {
            case BIT -> ColumnVector.bitmapBytes(rows);
            case VARBYTES -> 4L * (rows + 1L);
            default -> (long) layout.width() * rows;
        };
    }

    private void replace(MemorySegment old, MemorySegment grown) {
        MemorySegment.copy(old, 0, grown, 0, old.byteSize());
        memory.free(old);
    }

    private MemorySegment reserveBytes(int count) {
        long wanted = (long) byteLength + count;
        MemorySegment old = bytes;
        if (old != null && wanted <= old.byteSize()) {
            return old;
        }
        if (wanted > Integer.MAX_VALUE) {
            throw tooLarge();
        }
        MemorySegment grown =
                memory.allocate(Math.max(Math.max(FIRST_BYTES, wanted), old == null ? 0 : 2 * old.byteSize()));
        if (old != null) {
            replace(old, grown);
        }
        bytes = grown;
        return grown;
    }

    private static KadeException tooLarge() {
        return KadeException.of(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "more than 2 GB of values in one column of a batch");
    }

    /** Ends a value written at {@code length}. */
    private void finish(int row) {
        if (hasValidity && validity != null) {
            ColumnVector.setBit(validity, row, true);
        }
        length = row + 1;
    }

    public void appendNull() {
        appendNulls(1);
    }

    public void appendNulls(int count) {
        MemorySegment values = reserve(count);
        MemorySegment bits = validity();
        for (int i = length; i < length + count; i++) {
            ColumnVector.setBit(bits, i, false);
            if (layout == Layout.VARBYTES) {
                values.set(INT32, 4L * i + 4, byteLength);
            }
        }
        length += count;
    }

    /** The validity bitmap, made with all values so far present. */
    MemorySegment validity() {
        MemorySegment bits = validity;
        if (bits == null) {
            bits = memory.allocate(ColumnVector.bitmapBytes(Math.max(1, capacity)));
            validity = bits;
        }
        if (!hasValidity) {
            Bitmaps.setRange(bits, 0, length);
            hasValidity = true;
        }
        return bits;
    }

    /** Rows whose values nobody will read. */
    void skip(int rows) {
        MemorySegment values = reserve(rows);
        int end = length + rows;
        for (int i = length; i < end; i++) {
            if (layout == Layout.VARBYTES) {
                values.set(INT32, 4L * i + 4, byteLength);
            }
            finish(i);
        }
    }

    public void appendBoolean(boolean value) {
        ColumnVector.setBit(reserve(1), length, value);
        finish(length);
    }

    /** A value of an integer, date or time type, or the unscaled value of a narrow DECIMAL. */
    public void appendLong(long value) {
        MemorySegment values = reserve(1);
        switch (layout) {
            case INT16 -> values.set(INT16, 2L * length, (short) value);
            case INT32 -> values.set(INT32, 4L * length, (int) value);
            case INT64 -> values.set(INT64, 8L * length, value);
            case INT128 -> decimal.set(value).store(values, 16L * length);
            default -> throw new IllegalStateException("an integer for " + type);
        }
        finish(length);
    }

    public void appendDouble(double value) {
        MemorySegment values = reserve(1);
        if (layout == Layout.FLOAT32) {
            values.set(FLOAT32, 4L * length, (float) value);
        } else {
            values.set(FLOAT64, 8L * length, value);
        }
        finish(length);
    }

    /** The unscaled value of a wide DECIMAL. */
    public void appendInt128(long high, long low) {
        MemorySegment values = reserve(1);
        values.set(INT64, 16L * length, low);
        values.set(INT64, 16L * length + 8, high);
        finish(length);
    }

    public void appendInterval(int months, int days, long micros) {
        MemorySegment values = reserve(1);
        values.set(INT32, 16L * length, months);
        values.set(INT32, 16L * length + 4, days);
        values.set(INT64, 16L * length + 8, micros);
        finish(length);
    }

    public void appendBytes(byte[] value) {
        appendBytes(MemorySegment.ofArray(value), 0, value.length);
    }

    public void appendBytes(MemorySegment source, long offset, int count) {
        MemorySegment values = reserve(1);
        MemorySegment text = reserveBytes(count);
        MemorySegment.copy(source, offset, text, byteLength, count);
        byteLength += count;
        values.set(INT32, 4L * length + 4, byteLength);
        finish(length);
    }

    /** Room to write text or bytes in place, ended with {@link #finishBytes}. */
    MemorySegment beginBytes(int most) {
        reserve(1);
        return reserveBytes(most).asSlice(byteLength);
    }

    void finishBytes(int count) {
        byteLength += count;
        reserve(1).set(INT32, 4L * length + 4, byteLength);
        finish(length);
    }

    /** A value of a class that {@link io.kadedb.planner.physical.Expr.Literal} lists; it must fit the type. */
    public void append(@Nullable Object value) {
        switch (value) {
            case null -> appendNull();
            case Boolean b -> appendBoolean(b);
            case Long l -> appendLong(l);
            case Double d -> appendDouble(d);
            case BigDecimal d -> appendDecimal(d);
            case String s ->
                appendBytes((type.id() == TypeId.CHAR && !type.keepsBlanks() ? s.replaceFirst(" +$", "") : s)
                        .getBytes(StandardCharsets.UTF_8));
            case ByteBuffer b -> appendBytes(MemorySegment.ofBuffer(b), 0, b.remaining());
            case Interval i -> appendInterval(i.months(), i.days(), i.micros());
            case UUID u ->
                appendInt128(
                        Long.reverseBytes(u.getLeastSignificantBits()), Long.reverseBytes(u.getMostSignificantBits()));
            default -> throw new IllegalArgumentException("a value of " + value.getClass());
        }
    }

    private void appendDecimal(BigDecimal value) {
        assert value.scale() == type.scale() : value + " for " + type;
        if (layout == Layout.INT64) {
            appendLong(value.unscaledValue().longValueExact());
        } else {
            decimal.set(value.unscaledValue());
            appendInt128(decimal.high(), decimal.low());
        }
    }

    /** One value of a vector of the same layout. */
    public void append(ColumnVector source, int row) {
        if (source.isNull(row)) {
            appendNull();
            return;
        }
        ColumnVector dictionary = source.dictionary();
        if (dictionary != null) {
            append(dictionary, source.data().get(INT32, 4L * row));
            return;
        }
        MemorySegment from = source.data();
        switch (layout) {
            case BIT -> appendBoolean(ColumnVector.bit(from, row));
            case VARBYTES -> {
                int start = from.get(INT32, 4L * row);
                appendBytes(Values.bytesOf(source), start, from.get(INT32, 4L * row + 4) - start);
            }
            default -> {
                int width = layout.width();
                MemorySegment.copy(from, (long) width * row, reserve(1), (long) width * length, width);
                finish(length);
            }
        }
    }

    /** The selected rows of a vector of the same layout; a null selection means the first {@code count}. */
    public void append(ColumnVector source, int @Nullable [] selection, int count) {
        GatherKernels.append(this, source, selection, count);
    }

    /** Like {@link #append(ColumnVector, int[], int)}, where a negative row number gives NULL: for outer joins. */
    public void appendOrNull(ColumnVector source, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            if (rows[i] < 0) {
                appendNull();
            } else {
                append(source, rows[i]);
            }
        }
    }

    /** Rows whose values were written into {@link #reserve} directly. */
    void advance(int rows) {
        length += rows;
    }

    /** Room for so many further bytes of text behind those there are. */
    MemorySegment reserveBytesAt(long count) {
        if (byteLength + count > Integer.MAX_VALUE) {
            throw tooLarge();
        }
        return reserveBytes((int) count);
    }

    int byteLength() {
        return byteLength;
    }

    void byteLength(int newLength) {
        byteLength = newLength;
    }

    boolean hasValidity() {
        return hasValidity;
    }

    @Override
    public void close() {
        for (MemorySegment segment : new @Nullable MemorySegment[] {data, validity, bytes}) {
            if (segment != null) {
                memory.free(segment);
            }
        }
        data = null;
        validity = null;
        hasValidity = false;
        bytes = null;
        length = 0;
        capacity = 0;
        byteLength = 0;
    }
}
