package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;

/**
 * Reads and writes native memory by absolute address. Loops with random access go through this one constant segment,
 * so that the compiler knows its class and bounds whatever other segments the process uses. Callers keep the memory
 * alive and stay within it.
 */
final class Native {
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Native() {}

    static byte getByte(long address) {
        return ALL.get(ColumnVector.INT8, address);
    }

    static void putByte(long address, byte value) {
        ALL.set(ColumnVector.INT8, address, value);
    }

    static short getShort(long address) {
        return ALL.get(ColumnVector.INT16, address);
    }

    static void putShort(long address, short value) {
        ALL.set(ColumnVector.INT16, address, value);
    }

    static int getInt(long address) {
        return ALL.get(ColumnVector.INT32, address);
    }

    static void putInt(long address, int value) {
        ALL.set(ColumnVector.INT32, address, value);
    }

    static long getLong(long address) {
        return ALL.get(ColumnVector.INT64, address);
    }

    static void putLong(long address, long value) {
        ALL.set(ColumnVector.INT64, address, value);
    }

    static float getFloat(long address) {
        return ALL.get(ColumnVector.FLOAT32, address);
    }

    static double getDouble(long address) {
        return ALL.get(ColumnVector.FLOAT64, address);
    }

    static void putDouble(long address, double value) {
        ALL.set(ColumnVector.FLOAT64, address, value);
    }

    /** Bit {@code index} of a bitmap: 0 or 1. */
    static int getBit(long address, int index) {
        return getByte(address + (index >>> 3)) >>> (index & 7) & 1;
    }

    static void setBit(long address, int index) {
        long at = address + (index >>> 3);
        putByte(at, (byte) (getByte(at) | 1 << (index & 7)));
    }

    static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    /** A vector of int32 values without nulls. */
    static ColumnVector ints(long address, int length) {
        return ColumnVector.fixed(SqlType.INTEGER, length, ALL.asSlice(address, 4L * length), null);
    }

    static byte[] bytes(long address, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(ALL, ColumnVector.INT8, address, copy, 0, length);
        return copy;
    }

    static void fill(long address, long bytes, byte value) {
        ALL.asSlice(address, bytes).fill(value);
    }

    /** Whether two byte strings are equal. */
    static boolean equal(long a, long b, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if (getLong(a + i) != getLong(b + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (getByte(a + i) != getByte(b + i)) {
                return false;
            }
        }
        return true;
    }

    /** Compares byte strings as unsigned bytes, which orders UTF-8 by code point. */
    static int compare(long a, int aLength, long b, int bLength) {
        int shared = Math.min(aLength, bLength);
        int i = 0;
        for (; i + 8 <= shared; i += 8) {
            long x = getLong(a + i);
            long y = getLong(b + i);
            if (x != y) {
                return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
            }
        }
        for (; i < shared; i++) {
            int x = getByte(a + i) & 0xFF;
            int y = getByte(b + i) & 0xFF;
            if (x != y) {
                return x - y;
            }
        }
        return aLength - bLength;
    }

    /** A hash of at least 8 bytes. */
    static long hash(long address, int length) {
        long hash = length * 0x9E3779B97F4A7C15L;
        for (int i = 0; i + 8 <= length; i += 8) {
            hash = mix(hash ^ getLong(address + i));
        }
        return mix(hash ^ getLong(address + length - 8));
    }

    static long mix(long value) {
        long product = value * 0xD6E8FEB86659FD93L;
        return product ^ product >>> 32;
    }
}
