package io.kadedb.executor.file;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Bytes that grow, little-endian. */
final class ByteSink {
    private byte[] bytes = new byte[1 << 10];
    private int length;

    int length() {
        return length;
    }

    byte[] array() {
        return bytes;
    }

    void clear() {
        length = 0;
    }

    private int reserve(int count) {
        int at = length;
        long wanted = (long) at + count;
        if (wanted > bytes.length) {
            if (wanted > Integer.MAX_VALUE - 64) {
                throw KadeException.of(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "more than 2 GB in one page of a file");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 64L, Math.max(wanted, 2L * bytes.length)));
        }
        length = (int) wanted;
        return at;
    }

    void put(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
    }

    void putInt(int value) {
        int at = reserve(4);
        MemorySegment.ofArray(bytes).set(ColumnVector.INT32, at, value);
    }

    void putLong(long value) {
        int at = reserve(8);
        MemorySegment.ofArray(bytes).set(ColumnVector.INT64, at, value);
    }

    void putBytes(byte[] value, int count) {
        int at = reserve(count);
        System.arraycopy(value, 0, bytes, at, count);
    }

    void putBytes(MemorySegment from, long offset, int count) {
        int at = reserve(count);
        MemorySegment.copy(from, ColumnVector.INT8, offset, bytes, at, count);
    }

    /** A number of unknown size, as Parquet's run lengths are. */
    void putUnsigned(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            put((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        put(rest);
    }

    /** Sets a bit, bits being added from the lowest on and bytes as they are needed; {@code index} counts from {@code start}. */
    void putBit(int start, int index, boolean value) {
        int at = start + (index >>> 3);
        if (at == length) {
            put(0);
        }
        if (value) {
            bytes[at] |= (byte) (1 << (index & 7));
        }
    }
}
