package io.kadedb.common.data;

import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column for some rows, in Arrow's layout over native memory: a view that owns nothing. Whoever
 * filled the segments keeps them alive while the vector is used.
 *
 * <p>Buffers by {@link Layout}: fixed widths hold values in {@link #data}; {@link Layout#BIT} holds bits there, least
 * significant first; {@link Layout#VARBYTES} holds int32 offsets (length + 1 of them, absolute into {@link #bytes},
 * not necessarily starting at 0) in {@link #data}. A set bit in {@link #validity} means "not null"; a null
 * {@code validity} means no nulls at all. Bits and values of null rows in {@code data} are undefined but readable.
 *
 * <p>A vector may be dictionary-encoded: then {@link #data} holds int32 codes into {@link #dictionary}, a plain vector
 * of the same type without nulls; validity stays with the codes.
 *
 * @param type of the values
 * @param length number of values
 * @param data values, bits, offsets or dictionary codes
 * @param validity one bit a value, or null when every value is present
 * @param bytes the bytes of {@link Layout#VARBYTES} values, else null
 * @param dictionary the values that codes stand for, or null when the vector is plain
 */
public record ColumnVector(
        SqlType type,
        int length,
        MemorySegment data,
        @Nullable MemorySegment validity,
        @Nullable MemorySegment bytes,
        @Nullable ColumnVector dictionary) {
    public static final ValueLayout.OfShort INT16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    public static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED;
    public static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED;
    public static final ValueLayout.OfFloat FLOAT32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
    public static final ValueLayout.OfDouble FLOAT64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;
    public static final ValueLayout.OfByte INT8 = ValueLayout.JAVA_BYTE;

    /** A plain vector of fixed-width values or bits. */
    public static ColumnVector fixed(SqlType type, int length, MemorySegment data, @Nullable MemorySegment validity) {
        assert type.layout() != Layout.VARBYTES;
        return new ColumnVector(type, length, data, validity, null, null);
    }

    /** A plain vector of text or byte strings. */
    public static ColumnVector varbytes(
            SqlType type, int length, MemorySegment offsets, MemorySegment bytes, @Nullable MemorySegment validity) {
        assert type.layout() == Layout.VARBYTES;
        return new ColumnVector(type, length, offsets, validity, bytes, null);
    }

    /** A vector of int32 codes into a plain vector without nulls. */
    public static ColumnVector dictionary(
            int length, MemorySegment codes, @Nullable MemorySegment validity, ColumnVector dictionary) {
        assert dictionary.dictionary == null && dictionary.validity == null;
        return new ColumnVector(dictionary.type, length, codes, validity, null, dictionary);
    }

    public boolean isNull(int row) {
        return validity != null && !bit(validity, row);
    }

    public boolean isDictionary() {
        return dictionary != null;
    }

    /**
     * Rows {@code from} to {@code from + count}, without a copy.
     *
     * @param from a multiple of 8, so that bitmaps can be sliced
     */
    public ColumnVector slice(int from, int count) {
        assert (from & 7) == 0 && from + count <= length;
        MemorySegment slicedValidity = validity == null ? null : validity.asSlice(from >>> 3);
        Layout layout = dictionary != null ? Layout.INT32 : type.layout();
        MemorySegment sliced =
                layout == Layout.BIT ? data.asSlice(from >>> 3) : data.asSlice((long) from * layout.width());
        return new ColumnVector(type, count, sliced, slicedValidity, bytes, dictionary);
    }

    /** Reads a bit of a bitmap. */
    public static boolean bit(MemorySegment bits, int index) {
        return (bits.get(INT8, index >>> 3) >>> (index & 7) & 1) != 0;
    }

    /** Sets or clears a bit of a bitmap. */
    public static void setBit(MemorySegment bits, int index, boolean value) {
        int at = index >>> 3;
        int mask = 1 << (index & 7);
        int old = bits.get(INT8, at);
        bits.set(INT8, at, (byte) (value ? old | mask : old & ~mask));
    }

    /** Bytes a bitmap of so many bits takes, rounded up to whole 64-bit words so that kernels may work by word. */
    public static long bitmapBytes(int bits) {
        return (bits + 63L) / 64 * 8;
    }
}
