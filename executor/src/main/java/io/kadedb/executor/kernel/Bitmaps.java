package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT64;
import static io.kadedb.common.data.ColumnVector.INT8;

import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Work on bitmaps by 64-bit word. Bitmaps read may end within a word; bitmaps written have whole words. */
public final class Bitmaps {
    private Bitmaps() {}

    /** Bits 64 * index and on; bits beyond the segment are 0. */
    static long word(MemorySegment bits, int index) {
        long at = 8L * index;
        long left = bits.byteSize() - at;
        if (left >= 8) {
            return bits.get(INT64, at);
        }
        long word = 0;
        for (int i = 0; i < left; i++) {
            word |= (bits.get(INT8, at + i) & 0xffL) << (8 * i);
        }
        return word;
    }

    /** The word with only those bits that belong to the first {@code length}. */
    private static long mask(int index, int length) {
        int bits = length - 64 * index;
        return bits >= 64 ? -1L : (1L << bits) - 1;
    }

    static int words(int length) {
        return (length + 63) >>> 6;
    }

    /** How many of the first bits are set. */
    public static int count(MemorySegment bits, int length) {
        int count = 0;
        for (int i = 0; i < words(length); i++) {
            count += Long.bitCount(word(bits, i) & mask(i, length));
        }
        return count;
    }

    /** Whether any of the vector's values is null: bitmaps without a cleared bit count as none. */
    public static boolean hasNulls(ColumnVector vector) {
        MemorySegment validity = vector.validity();
        if (validity == null) {
            return false;
        }
        for (int i = 0; i < words(vector.length()); i++) {
            if ((~word(validity, i) & mask(i, vector.length())) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The validity bitmap, or null when no value is null. */
    public static @Nullable MemorySegment validity(ColumnVector vector) {
        return hasNulls(vector) ? vector.validity() : null;
    }

    static void and(MemorySegment a, MemorySegment b, MemorySegment out, int length) {
        for (int i = 0; i < words(length); i++) {
            out.set(INT64, 8L * i, word(a, i) & word(b, i));
        }
    }

    static void copy(MemorySegment from, MemorySegment to, int length) {
        for (int i = 0; i < words(length); i++) {
            to.set(INT64, 8L * i, word(from, i));
        }
    }

    static void fill(MemorySegment bits, int length, boolean value) {
        for (int i = 0; i < words(length); i++) {
            bits.set(INT64, 8L * i, value ? -1L : 0L);
        }
    }

    /** Sets the bits from (inclusive) to (exclusive). */
    static void setRange(MemorySegment bits, int from, int to) {
        int row = from;
        while (row < to) {
            if ((row & 63) == 0 && to - row >= 64) {
                bits.set(INT64, row >>> 3, -1L);
                row += 64;
            } else {
                ColumnVector.setBit(bits, row, true);
                row++;
            }
        }
    }

    /** Writes the selected rows whose bit is (or is not) set; {@code out} may be {@code selection}. */
    static int select(MemorySegment bits, boolean wanted, int @Nullable [] selection, int count, int[] out) {
        return selection == null
                ? selectAll(bits, wanted, count, out)
                : selectFrom(bits, wanted, selection, count, out);
    }

    private static int selectAll(MemorySegment bits, boolean wanted, int length, int[] out) {
        int kept = 0;
        long flip = wanted ? 0 : -1L;
        for (int i = 0; i < words(length); i++) {
            long word = (word(bits, i) ^ flip) & mask(i, length);
            int base = 64 * i;
            while (word != 0) {
                out[kept++] = base + Long.numberOfTrailingZeros(word);
                word &= word - 1;
            }
        }
        return kept;
    }

    private static int selectFrom(MemorySegment bits, boolean wanted, int[] selection, int count, int[] out) {
        int kept = 0;
        int flip = wanted ? 0 : 1;
        for (int i = 0; i < count; i++) {
            int row = selection[i];
            int bit = (bits.get(INT8, row >>> 3) >>> (row & 7) & 1) ^ flip;
            out[kept] = row;
            kept += bit;
        }
        return kept;
    }
}
