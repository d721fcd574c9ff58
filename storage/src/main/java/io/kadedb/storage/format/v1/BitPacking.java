package io.kadedb.storage.format.v1;

import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;

/**
 * Frame of reference: differences to a base, of the same number of bits each, least significant bit first. Widths above
 * 56 are stored as 64, so that one 8-byte load reaches every value; 8 bytes follow the last value for the same reason.
 */
final class BitPacking {
    private static final int MAX_WIDTH = 56;
    static final int PADDING = 8;

    private BitPacking() {}

    /** Bits for differences up to a greatest one, read as unsigned. */
    static int width(long greatest) {
        int width = 64 - Long.numberOfLeadingZeros(greatest);
        return width > MAX_WIDTH ? 64 : width;
    }

    static int packedBytes(int count, int width) {
        return Math.toIntExact(((long) count * width + 7) / 8 + PADDING);
    }

    /** Writes {@code values[i] - base} for all values. */
    static void pack(long[] values, int count, long base, int width, ByteSink out) {
        long word = 0;
        int used = 0;
        if (width > 0) {
            for (int i = 0; i < count; i++) {
                long difference = values[i] - base;
                word |= difference << used;
                used += width;
                if (used >= 64) {
                    out.putLong(word);
                    used -= 64;
                    word = used == 0 ? 0 : difference >>> (width - used);
                }
            }
        }
        for (int i = 0; i < (used + 7) / 8; i++) {
            out.putByte((int) (word >>> (8 * i)));
        }
        out.putLong(0);
    }

    /** The value at an index. */
    static long unpackOne(MemorySegment in, long at, int index, long base, int width) {
        if (width == 0) {
            return base;
        }
        long bit = (long) index * width;
        long word = in.get(ColumnVector.INT64, at + (bit >>> 3));
        return base + (width == 64 ? word : word >>> (bit & 7) & ((1L << width) - 1));
    }

    static void unpackToInt64(MemorySegment in, long at, int count, long base, int width, MemorySegment out) {
        if (width == 0 || width == 64) {
            for (int i = 0; i < count; i++) {
                out.set(ColumnVector.INT64, 8L * i, width == 0 ? base : base + in.get(ColumnVector.INT64, at + 8L * i));
            }
            return;
        }
        long mask = (1L << width) - 1;
        for (int i = 0; i < count; i++) {
            long bit = (long) i * width;
            long word = in.get(ColumnVector.INT64, at + (bit >>> 3));
            out.set(ColumnVector.INT64, 8L * i, base + (word >>> (bit & 7) & mask));
        }
    }

    static void unpackToInt32(MemorySegment in, long at, int count, long base, int width, MemorySegment out) {
        if (width == 0) {
            for (int i = 0; i < count; i++) {
                out.set(ColumnVector.INT32, 4L * i, (int) base);
            }
            return;
        }
        long mask = (1L << width) - 1;
        for (int i = 0; i < count; i++) {
            long bit = (long) i * width;
            long word = in.get(ColumnVector.INT64, at + (bit >>> 3));
            out.set(ColumnVector.INT32, 4L * i, (int) (base + (word >>> (bit & 7) & mask)));
        }
    }

    static void unpackToInt16(MemorySegment in, long at, int count, long base, int width, MemorySegment out) {
        for (int i = 0; i < count; i++) {
            out.set(ColumnVector.INT16, 2L * i, (short) unpackOne(in, at, i, base, width));
        }
    }
}
