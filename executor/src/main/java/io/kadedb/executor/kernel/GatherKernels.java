package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Copies chosen rows to consecutive places, one loop per width. */
final class GatherKernels {
    /** Texts that are longer are copied by the system. */
    private static final int LONG_TEXT = 256;

    private GatherKernels() {}

    static void append(VectorBuilder to, ColumnVector source, int @Nullable [] selection, int count) {
        ColumnVector dictionary = source.dictionary();
        int start = to.length();
        MemorySegment out = to.reserve(count);
        MemorySegment validity = source.validity();
        MemorySegment entryValidity = dictionary == null ? null : dictionary.validity();
        boolean nulls = validity != null || entryValidity != null || to.hasValidity();
        MemorySegment outValidity = nulls ? to.validity() : null;
        if (dictionary != null) {
            int[] codes = codes(source.data(), validity, selection, count);
            values(to, dictionary, codes, count, out, start);
            if (outValidity != null) {
                codeValidity(codes, entryValidity, count, outValidity, start);
            }
        } else {
            values(to, source, selection, count, out, start);
            if (outValidity != null) {
                validity(validity, selection, count, outValidity, start);
            }
        }
        to.advance(count);
    }

    /** Codes of null rows are undefined: they read entry 0, if there is one. */
    private static int[] codes(
            MemorySegment data, @Nullable MemorySegment validity, int @Nullable [] selection, int count) {
        int[] codes = new int[count];
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            codes[i] = validity != null && !ColumnVector.bit(validity, row) ? -1 : data.get(INT32, 4L * row);
        }
        return codes;
    }

    private static void values(
            VectorBuilder to, ColumnVector source, int @Nullable [] rows, int count, MemorySegment out, int start) {
        Layout layout = source.type().layout();
        if (layout == Layout.VARBYTES) {
            varbytes(to, source, rows, count, out.address() + 4L * start);
        } else if (layout == Layout.BIT) {
            bits(source.data(), rows, count, out, start);
        } else if (source.length() > 0) {
            long width = layout.width();
            fixed((int) width, source.data().address(), rows, count, out.address() + width * start);
        }
    }

    private static void bits(MemorySegment in, int @Nullable [] rows, int count, MemorySegment out, int start) {
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            ColumnVector.setBit(out, start + i, row >= 0 && ColumnVector.bit(in, row));
        }
    }

    /** Values of one width. Negative rows, whose values nobody reads, give that of row 0. */
    private static void fixed(int width, long in, int @Nullable [] rows, int count, long out) {
        if (rows == null) {
            Native.copy(in, out, (long) width * count);
            return;
        }
        switch (width) {
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    Native.putShort(out + 2L * i, Native.getShort(in + 2L * Math.max(0, rows[i])));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    Native.putInt(out + 4L * i, Native.getInt(in + 4L * Math.max(0, rows[i])));
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    Native.putLong(out + 8L * i, Native.getLong(in + 8L * Math.max(0, rows[i])));
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    long from = in + 16L * Math.max(0, rows[i]);
                    Native.putLong(out + 16L * i, Native.getLong(from));
                    Native.putLong(out + 16L * i + 8, Native.getLong(from + 8));
                }
            }
            default -> throw new IllegalArgumentException("values of " + width + " bytes");
        }
    }

    private static void varbytes(VectorBuilder to, ColumnVector source, int @Nullable [] rows, int count, long out) {
        long offsets = source.data().address();
        long bytes = Values.bytesOf(source).address();
        MemorySegment validity = source.validity();
        long bits = validity == null ? 0 : validity.address();
        long total = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (row >= 0 && (bits == 0 || Native.getBit(bits, row) != 0)) {
                long at = offsets + 4L * row;
                total += Native.getInt(at + 4) - Native.getInt(at);
            }
        }
        long text = to.reserveBytesAt(total).address();
        int end = to.byteLength();
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (row >= 0 && (bits == 0 || Native.getBit(bits, row) != 0)) {
                long at = offsets + 4L * row;
                int from = Native.getInt(at);
                int length = Native.getInt(at + 4) - from;
                copyText(bytes + from, text + end, length);
                end += length;
            }
            Native.putInt(out + 4L * i + 4, end);
        }
        to.byteLength(end);
    }

    /** Copies a text, most of which are short, by words; the last word overlaps the one before it. */
    private static void copyText(long from, long to, int length) {
        if (length < 8) {
            for (int i = 0; i < length; i++) {
                Native.putByte(to + i, Native.getByte(from + i));
            }
        } else if (length <= LONG_TEXT) {
            for (int i = 0; i < length - 8; i += 8) {
                Native.putLong(to + i, Native.getLong(from + i));
            }
            Native.putLong(to + length - 8, Native.getLong(from + length - 8));
        } else {
            Native.copy(from, to, length);
        }
    }

    private static void validity(
            @Nullable MemorySegment in, int @Nullable [] rows, int count, MemorySegment out, int start) {
        if (in == null) {
            Bitmaps.setRange(out, start, start + count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            ColumnVector.setBit(out, start + i, ColumnVector.bit(in, row));
        }
    }

    private static void codeValidity(
            int[] codes, @Nullable MemorySegment entryValidity, int count, MemorySegment out, int start) {
        for (int i = 0; i < count; i++) {
            boolean present = codes[i] >= 0 && (entryValidity == null || ColumnVector.bit(entryValidity, codes[i]));
            ColumnVector.setBit(out, start + i, present);
        }
    }
}
