package io.kadedb.common.catalog;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The value that a column has in rows older than the column, in the form of storage: what the default was when the column
 * was added. Where there is none, such rows have NULL.
 */
public final class MissingValue {
    private static final byte[] NONE = {};

    private final long low;
    private final long high;
    private final byte[] bytes;

    private MissingValue(long low, long high, byte[] bytes) {
        this.low = low;
        this.high = high;
        this.bytes = bytes;
    }

    /** A value of a type of fixed width: its first and its last 8 bytes. */
    public static MissingValue fixed(long low, long high) {
        return new MissingValue(low, high, NONE);
    }

    /** A value of a type of varying width. */
    public static MissingValue bytes(byte[] value) {
        return new MissingValue(0, 0, value.clone());
    }

    public long low() {
        return low;
    }

    public long high() {
        return high;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MissingValue that
                && low == that.low
                && high == that.high
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(low ^ high) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "MissingValue[" + low + ", " + high + ", " + HexFormat.of().formatHex(bytes) + "]";
    }
}
