package io.kadedb.storage.format.v1;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values of one column on the heap while they are gathered: rows to be written, deltas read. Values of a fixed width lie
 * in longs, two for those of 16 bytes, in the order of memory; floating point as raw bits. Owned by one thread.
 */
public final class ColumnBuffer {
    private final SqlType type;
    private final Layout layout;
    private final int stride;
    private int rows;
    private int nulls;
    private long[] fixed;
    private int[] offsets;
    private byte[] bytes;
    private long[] valid;

    public ColumnBuffer(SqlType type) {
        this(type, 16);
    }

    public ColumnBuffer(SqlType type, int capacity) {
        this.type = type;
        this.layout = type.layout();
        this.stride = layout.width() == 16 ? 2 : 1;
        boolean var = layout == Layout.VARBYTES;
        this.fixed = new long[var ? 0 : capacity * stride];
        this.offsets = new int[var ? capacity + 1 : 0];
        this.bytes = new byte[var ? capacity * 8 : 0];
        this.valid = new long[(capacity + 63) / 64];
    }

    public SqlType type() {
        return type;
    }

    public int rows() {
        return rows;
    }

    public int nulls() {
        return nulls;
    }

    public boolean isVarbytes() {
        return layout == Layout.VARBYTES;
    }

    public boolean isNull(int row) {
        return (valid[row >>> 6] >>> (row & 63) & 1) == 0;
    }

    public long low(int row) {
        return fixed[row * stride];
    }

    public long high(int row) {
        return stride == 2 ? fixed[row * 2 + 1] : 0;
    }

    /** Where a value starts in {@link #bytes()}. */
    public int offset(int row) {
        return offsets[row];
    }

    public int byteLength(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** The bytes of all text or byte string values; shared, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    long[] validWords() {
        return valid;
    }

    /** Bytes of text and byte strings so far. */
    public int totalBytes() {
        return isVarbytes() ? offsets[rows] : 0;
    }

    public void clear() {
        rows = 0;
        nulls = 0;
        Arrays.fill(valid, 0);
    }

    public void addNull() {
        ensureRows(1);
        nulls++;
        if (isVarbytes()) {
            offsets[rows + 1] = offsets[rows];
        } else {
            Arrays.fill(fixed, rows * stride, (rows + 1) * stride, 0);
        }
        rows++;
    }

    public void addFixed(long low, long high) {
        ensureRows(1);
        fixed[rows * stride] = low;
        if (stride == 2) {
            fixed[rows * 2 + 1] = high;
        }
        valid[rows >>> 6] |= 1L << rows;
        rows++;
    }

    public void addVarbytes(byte[] source, int from, int count) {
        ensureRows(1);
        int at = offsets[rows];
        ensureBytes(at, count);
        System.arraycopy(source, from, bytes, at, count);
        offsets[rows + 1] = at + count;
        valid[rows >>> 6] |= 1L << rows;
        rows++;
    }

    /** Adds what rows have that are older than their column. */
    public void add(@Nullable MissingValue missing) {
        if (missing == null) {
            addNull();
        } else if (isVarbytes()) {
            byte[] value = missing.bytes();
            addVarbytes(value, 0, value.length);
        } else {
            addFixed(missing.low(), missing.high());
        }
    }

    /** A value as what older rows have; null for NULL. */
    public @Nullable MissingValue missing(int row) {
        if (isNull(row)) {
            return null;
        }
        return isVarbytes()
                ? MissingValue.bytes(Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]))
                : MissingValue.fixed(low(row), high(row));
    }

    /** Adds a row of another buffer of the same type. */
    public void add(ColumnBuffer other, int row) {
        if (other.isNull(row)) {
            addNull();
        } else if (isVarbytes()) {
            addVarbytes(other.bytes, other.offsets[row], other.byteLength(row));
        } else {
            addFixed(other.low(row), other.high(row));
        }
    }

    /** Gives a value to a row, which shares its bytes. */
    public void copyTo(int row, HeapRow target, int index) {
        if (isNull(row)) {
            target.setNull(index);
        } else if (isVarbytes()) {
            target.set(index, bytes, offsets[row], byteLength(row));
        } else {
            target.set(index, low(row), high(row));
        }
    }

    /** Adds a value of a row. */
    public void add(HeapRow row, int index) {
        if (row.isNull(index)) {
            addNull();
        } else if (isVarbytes()) {
            addVarbytes(row.bytes(index), row.from(index), row.length(index));
        } else {
            addFixed(row.low(index), row.high(index));
        }
    }

    /** Adds a row of a vector whose values lie in memory as this column's do. */
    public void add(ColumnVector vector, int row) {
        if (vector.isNull(row)) {
            addNull();
        } else if (isVarbytes()) {
            addBytesOf(vector, row);
        } else {
            addFixed(VectorValues.low(vector, row), VectorValues.high(vector, row));
        }
    }

    private void addBytesOf(ColumnVector vector, int row) {
        ColumnVector plain = vector.dictionary() == null ? vector : vector.dictionary();
        int index = vector.dictionary() == null ? row : vector.data().get(ColumnVector.INT32, 4L * row);
        int from = plain.data().get(ColumnVector.INT32, 4L * index);
        int count = plain.data().get(ColumnVector.INT32, 4L * index + 4) - from;
        ensureRows(1);
        int at = offsets[rows];
        ensureBytes(at, count);
        MemorySegment.copy(Objects.requireNonNull(plain.bytes()), JAVA_BYTE, from, bytes, at, count);
        offsets[rows + 1] = at + count;
        valid[rows >>> 6] |= 1L << rows;
        rows++;
    }

    /** Adds rows of a vector. */
    public void addAll(ColumnVector vector, int from, int count) {
        if (vector.validity() != null || vector.dictionary() != null || isVarbytes() || layout == Layout.BIT) {
            ensureRows(count);
            for (int i = from; i < from + count; i++) {
                add(vector, i);
            }
            return;
        }
        ensureRows(count);
        MemorySegment data = vector.data();
        switch (layout) {
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    fixed[rows + i] = data.get(ColumnVector.INT16, 2L * (from + i));
                }
            }
            case INT32, FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    fixed[rows + i] = data.get(ColumnVector.INT32, 4L * (from + i));
                }
            }
            default ->
                MemorySegment.copy(data, JAVA_LONG_UNALIGNED, 8L * from * stride, fixed, rows * stride, count * stride);
        }
        for (int i = rows; i < rows + count; i++) {
            valid[i >>> 6] |= 1L << i;
        }
        rows += count;
    }

    /** The same values in another order. */
    public ColumnBuffer permute(int[] order) {
        ColumnBuffer sorted = new ColumnBuffer(type, Math.max(order.length, 1));
        if (isVarbytes()) {
            sorted.bytes = new byte[offsets[rows]];
        }
        for (int row : order) {
            sorted.add(this, row);
        }
        return sorted;
    }

    /** Adds a value to a key. */
    public void writeKey(int row, KeyWriter key) {
        if (isNull(row)) {
            key.addNull();
        } else if (isVarbytes()) {
            key.addVarbytes(type, bytes, offsets[row], byteLength(row));
        } else {
            key.addFixed(type, low(row), high(row));
        }
    }

    /** Bytes that {@link #copyTo} needs for the values themselves. */
    public long dataBytes() {
        return switch (layout) {
            case BIT -> ColumnVector.bitmapBytes(rows);
            case VARBYTES -> 4L * (rows + 1);
            default -> (long) layout.width() * rows;
        };
    }

    /** The values as a vector in the given memory. */
    public ColumnVector copyTo(MemorySegment data, @Nullable MemorySegment validity, @Nullable MemorySegment text) {
        MemorySegment bits = nulls == 0 ? null : Objects.requireNonNull(validity);
        if (bits != null) {
            MemorySegment.copy(valid, 0, bits, JAVA_LONG_UNALIGNED, 0, (rows + 63) / 64);
        }
        switch (layout) {
            case BIT -> {
                for (int i = 0; i < rows; i++) {
                    ColumnVector.setBit(data, i, fixed[i] != 0);
                }
            }
            case INT16 -> {
                for (int i = 0; i < rows; i++) {
                    data.set(ColumnVector.INT16, 2L * i, (short) fixed[i]);
                }
            }
            case INT32, FLOAT32 -> {
                for (int i = 0; i < rows; i++) {
                    data.set(ColumnVector.INT32, 4L * i, (int) fixed[i]);
                }
            }
            case INT64, FLOAT64, INT128, INTERVAL, BYTES16 ->
                MemorySegment.copy(fixed, 0, data, JAVA_LONG_UNALIGNED, 0, rows * stride);
            case VARBYTES -> {
                MemorySegment target = Objects.requireNonNull(text);
                MemorySegment.copy(offsets, 0, data, ColumnVector.INT32, 0, rows + 1);
                MemorySegment.copy(bytes, 0, target, JAVA_BYTE, 0, offsets[rows]);
                return ColumnVector.varbytes(type, rows, data, target, bits);
            }
        }
        return ColumnVector.fixed(type, rows, data, bits);
    }

    private void ensureRows(int more) {
        int needed = rows + more;
        if (isVarbytes()) {
            if (needed + 1 > offsets.length) {
                offsets = Arrays.copyOf(offsets, Math.max(offsets.length * 2, needed + 1));
            }
        } else if (needed * stride > fixed.length) {
            fixed = Arrays.copyOf(fixed, Math.max(fixed.length * 2, needed * stride));
        }
        if ((needed + 63) / 64 > valid.length) {
            valid = Arrays.copyOf(valid, Math.max(valid.length * 2, (needed + 63) / 64));
        }
    }

    private void ensureBytes(int used, int more) {
        int needed = Math.addExact(used, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8), needed));
        }
    }
}
