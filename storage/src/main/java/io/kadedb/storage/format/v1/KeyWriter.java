package io.kadedb.storage.format.v1;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.SqlType;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Writes values so that the unsigned order of the bytes is the order of the values, in the encoding of FoundationDB's
 * tuple layer. Values that compare equal (0 and -0, INTERVAL '1 month' and '30 days') have the same bytes.
 */
public final class KeyWriter {
    private static final int NULL = 0x00;
    private static final int BYTES = 0x01;
    private static final int STRING = 0x02;
    private static final int NEGATIVE_BIG = 0x0B;
    private static final int ZERO = 0x14;
    private static final int POSITIVE_BIG = 0x1D;
    private static final int FLOAT = 0x20;
    private static final int DOUBLE = 0x21;
    private static final int FALSE = 0x26;
    private static final int UUID = 0x30;

    private byte[] bytes = new byte[64];
    private int length;

    /** Empties it for the next key. */
    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Adds bytes as they are: a prefix. */
    public void addRaw(byte[] raw) {
        ensure(raw.length);
        System.arraycopy(raw, 0, bytes, length, raw.length);
        length += raw.length;
    }

    public void addNull() {
        put(NULL);
    }

    /**
     * Adds a value of a fixed width.
     *
     * @param low the value, or its lower half, as {@link ColumnBuffer} keeps it
     * @param high the upper half of 16-byte values
     */
    public void addFixed(SqlType type, long low, long high) {
        switch (type.layout()) {
            case BIT -> put(low == 0 ? FALSE : FALSE + 1);
            case INT16, INT32, INT64 -> addLong(low);
            case FLOAT32 -> addFloat(Float.intBitsToFloat((int) low));
            case FLOAT64 -> addDouble(Double.longBitsToDouble(low));
            case INT128 -> addInt128(low, high);
            case INTERVAL -> addInterval(low, high);
            case BYTES16 -> {
                put(UUID);
                putLong(Long.reverseBytes(low), 8);
                putLong(Long.reverseBytes(high), 8);
            }
            case VARBYTES -> throw new IllegalArgumentException("not of fixed width: " + type);
        }
    }

    public void addLong(long value) {
        if (value == 0) {
            put(ZERO);
            return;
        }
        long magnitude = value < 0 ? -value : value;
        int size = magnitude < 0 ? 8 : (71 - Long.numberOfLeadingZeros(magnitude)) / 8;
        put(value < 0 ? ZERO - size : ZERO + size);
        long shown = value;
        if (value < 0) {
            shown = size == 8 ? value - 1 : value + (1L << (8 * size)) - 1;
        }
        putLong(shown, size);
    }

    private void addFloat(float value) {
        int bits = Float.floatToIntBits(value + 0.0f);
        put(FLOAT);
        putLong((bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE) & 0xFFFF_FFFFL, 4);
    }

    private void addDouble(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        put(DOUBLE);
        putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE, 8);
    }

    private void addInt128(long low, long high) {
        if (high == low >> 63) {
            addLong(low);
        } else {
            addBig(Int128.toBigInteger(low, high));
        }
    }

    private void addInterval(long low, long high) {
        addBig(Int128.intervalMicros(low, high));
    }

    /** Adds an integer of any size. */
    public void addBig(BigInteger value) {
        if (value.bitLength() <= 63) {
            addLong(value.longValue());
            return;
        }
        byte[] magnitude = value.abs().toByteArray();
        int from = magnitude[0] == 0 ? 1 : 0;
        int size = magnitude.length - from;
        if (size <= 8) {
            put(value.signum() < 0 ? ZERO - 8 : ZERO + 8);
        } else {
            put(value.signum() < 0 ? NEGATIVE_BIG : POSITIVE_BIG);
            put(value.signum() < 0 ? ~size : size);
        }
        byte[] shown = value.signum() < 0 ? onesComplement(value, size) : magnitude;
        int start = value.signum() < 0 ? 0 : from;
        ensure(size);
        System.arraycopy(shown, start, bytes, length, size);
        length += size;
    }

    private static byte[] onesComplement(BigInteger value, int size) {
        byte[] shown = value.add(BigInteger.ONE.shiftLeft(8 * size))
                .subtract(BigInteger.ONE)
                .toByteArray();
        byte[] padded = new byte[size];
        int length = Math.min(size, shown.length);
        System.arraycopy(shown, shown.length - length, padded, size - length, length);
        return padded;
    }

    /** Adds text or a byte string. */
    public void addVarbytes(SqlType type, byte[] source, int from, int count) {
        put(type.isText() ? STRING : BYTES);
        ensure(2 * count + 1);
        for (int i = from; i < from + count; i++) {
            bytes[length++] = source[i];
            if (source[i] == 0) {
                bytes[length++] = (byte) 0xFF;
            }
        }
        bytes[length++] = 0;
    }

    /** Adds a value of a vector. */
    public void addValue(ColumnVector vector, int row) {
        if (vector.isNull(row)) {
            addNull();
        } else if (vector.type().layout() == io.kadedb.common.type.Layout.VARBYTES) {
            byte[] value = VectorValues.bytes(vector, row);
            addVarbytes(vector.type(), value, 0, value.length);
        } else {
            addFixed(vector.type(), VectorValues.low(vector, row), VectorValues.high(vector, row));
        }
    }

    /** Adds a value of a row. */
    public void addValue(SqlType type, HeapRow row, int index) {
        if (row.isNull(index)) {
            addNull();
        } else if (type.layout() == io.kadedb.common.type.Layout.VARBYTES) {
            addVarbytes(type, row.bytes(index), row.from(index), row.length(index));
        } else {
            addFixed(type, row.low(index), row.high(index));
        }
    }

    private void putLong(long value, int size) {
        ensure(size);
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void put(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
