package io.kadedb.storage.format.v1;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import java.lang.foreign.MemorySegment;
import org.apache.arrow.memory.util.MemoryUtil;

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

    /**
     * Writes values as a layout has integers.
     *
     * @param at where the values of the frame begin
     * @param from the first value; of a piece of a larger frame a multiple of 8
     */
    static void unpack(
            Layout layout, MemorySegment in, long at, int from, int count, long base, int width, MemorySegment out) {
        if (in.isNative() && out.isNative() && width > 0 && (layout == Layout.INT64 || layout == Layout.INT32)) {
            long source = at + (long) from * width / Byte.SIZE;
            long bytes = packedBytes(count, width);
            // By address, once it is known that all of it is there.
            long sourceAddress = in.asSlice(source, bytes).address();
            if (layout == Layout.INT64) {
                toInt64(
                        sourceAddress,
                        count,
                        base,
                        width,
                        out.asSlice(0, 8L * count).address());
            } else {
                toInt32(
                        sourceAddress,
                        count,
                        base,
                        width,
                        out.asSlice(0, 4L * count).address());
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            FixedValues.setInteger(layout, out, i, unpackOne(in, at, from + i, base, width));
        }
    }

    /** Eight values begin at the same bits as the eight before them. */
    private static void toInt64(long in, int count, long base, int width, long out) {
        if (width == 64) {
            for (int i = 0; i < count; i++) {
                MemoryUtil.putLong(out + 8L * i, base + MemoryUtil.getLong(in + 8L * i));
            }
            return;
        }
        long mask = (1L << width) - 1;
        int byte1 = width >>> 3;
        int byte2 = (2 * width) >>> 3;
        int byte3 = (3 * width) >>> 3;
        int byte4 = (4 * width) >>> 3;
        int byte5 = (5 * width) >>> 3;
        int byte6 = (6 * width) >>> 3;
        int byte7 = (7 * width) >>> 3;
        int bit1 = width & 7;
        int bit2 = (2 * width) & 7;
        int bit3 = (3 * width) & 7;
        int bit4 = (4 * width) & 7;
        int bit5 = (5 * width) & 7;
        int bit6 = (6 * width) & 7;
        int bit7 = (7 * width) & 7;
        int eights = count >>> 3;
        for (int i = 0; i < eights; i++) {
            long from = in + (long) i * width;
            long to = out + 64L * i;
            MemoryUtil.putLong(to, base + (MemoryUtil.getLong(from) & mask));
            MemoryUtil.putLong(to + 8, base + (MemoryUtil.getLong(from + byte1) >>> bit1 & mask));
            MemoryUtil.putLong(to + 16, base + (MemoryUtil.getLong(from + byte2) >>> bit2 & mask));
            MemoryUtil.putLong(to + 24, base + (MemoryUtil.getLong(from + byte3) >>> bit3 & mask));
            MemoryUtil.putLong(to + 32, base + (MemoryUtil.getLong(from + byte4) >>> bit4 & mask));
            MemoryUtil.putLong(to + 40, base + (MemoryUtil.getLong(from + byte5) >>> bit5 & mask));
            MemoryUtil.putLong(to + 48, base + (MemoryUtil.getLong(from + byte6) >>> bit6 & mask));
            MemoryUtil.putLong(to + 56, base + (MemoryUtil.getLong(from + byte7) >>> bit7 & mask));
        }
        for (int i = eights << 3; i < count; i++) {
            long bit = (long) i * width;
            long word = MemoryUtil.getLong(in + (bit >>> 3));
            MemoryUtil.putLong(out + 8L * i, base + (word >>> (bit & 7) & mask));
        }
    }

    private static void toInt32(long in, int count, long base, int width, long out) {
        long mask = width == 64 ? -1 : (1L << width) - 1;
        for (int i = 0; i < count; i++) {
            long bit = (long) i * width;
            long word = MemoryUtil.getLong(in + (bit >>> 3));
            MemoryUtil.putInt(out + 4L * i, (int) (base + (word >>> (bit & 7) & mask)));
        }
    }
}
