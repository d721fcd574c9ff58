package io.kadedb.executor.memory;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Reads and writes native memory by absolute address, without the layers of a memory segment: those are free only once
 * the optimizing compiler has seen a loop, and a short query is over before. Callers keep the memory alive and stay
 * within it.
 */
public final class Native {
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Native() {}

    public static byte getByte(long address) {
        return MemoryUtil.getByte(address);
    }

    public static void putByte(long address, byte value) {
        MemoryUtil.putByte(address, value);
    }

    public static short getShort(long address) {
        return MemoryUtil.getShort(address);
    }

    public static void putShort(long address, short value) {
        MemoryUtil.putShort(address, value);
    }

    public static int getInt(long address) {
        return MemoryUtil.getInt(address);
    }

    public static void putInt(long address, int value) {
        MemoryUtil.putInt(address, value);
    }

    public static long getLong(long address) {
        return MemoryUtil.getLong(address);
    }

    public static void putLong(long address, long value) {
        MemoryUtil.putLong(address, value);
    }

    public static float getFloat(long address) {
        return Float.intBitsToFloat(MemoryUtil.getInt(address));
    }

    public static double getDouble(long address) {
        return Double.longBitsToDouble(MemoryUtil.getLong(address));
    }

    public static void putDouble(long address, double value) {
        MemoryUtil.putLong(address, Double.doubleToRawLongBits(value));
    }

    /** Bit {@code index} of a bitmap: 0 or 1. */
    public static int getBit(long address, int index) {
        return getByte(address + (index >>> 3)) >>> (index & 7) & 1;
    }

    public static void setBit(long address, int index) {
        long at = address + (index >>> 3);
        putByte(at, (byte) (getByte(at) | 1 << (index & 7)));
    }

    /** How much of a text is there before the blanks at its end. */
    public static int lengthWithoutBlanks(long address, int length) {
        int end = length;
        while (end > 0 && getByte(address + end - 1) == ' ') {
            end--;
        }
        return end;
    }

    public static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    /** A vector of int32 values without nulls. */
    public static ColumnVector ints(long address, int length) {
        return ColumnVector.fixed(SqlType.INTEGER, length, ALL.asSlice(address, 4L * length), null);
    }

    public static byte[] bytes(long address, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(ALL, ColumnVector.INT8, address, copy, 0, length);
        return copy;
    }

    public static void fill(long address, long bytes, byte value) {
        ALL.asSlice(address, bytes).fill(value);
    }

    /** Whether two byte strings are equal. */
    public static boolean equal(long a, long b, int length) {
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
    public static int compare(long a, int aLength, long b, int bLength) {
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
    public static long hash(long address, int length) {
        long hash = length * 0x9E3779B97F4A7C15L;
        for (int i = 0; i + 8 <= length; i += 8) {
            hash = mix(hash ^ getLong(address + i));
        }
        return mix(hash ^ getLong(address + length - 8));
    }

    public static long mix(long value) {
        long product = value * 0xD6E8FEB86659FD93L;
        return product ^ product >>> 32;
    }
}
