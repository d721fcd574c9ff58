package io.kadedb.storage.format.v1;

import io.kadedb.common.type.Layout;
import java.util.OptionalInt;

/**
 * Writes floating-point numbers that are decimals with few digits as integers divided by a power of ten, and the others one
 * by one: a simple form of ALP (Afroozeh, Kuffo, Boncz: Adaptive Lossless Floating-Point Compression, 2023). Every value
 * comes back bit for bit.
 */
final class DecimalEncoder {
    /** Integers below are exact as doubles. */
    private static final double MOST = 1L << 53;

    private static final int GREATEST_EXPONENT = 15;
    private static final int SAMPLED = 1_024;
    /** It must save this much over the values as they are, which need no decoding. */
    private static final double WORTHWHILE = 0.8;

    private final ColumnBuffer column;
    private final boolean single;

    DecimalEncoder(ColumnBuffer column) {
        this.column = column;
        this.single = column.type().layout() == Layout.FLOAT32;
    }

    /** The divisor of an exponent. */
    static double power(int exponent) {
        double power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    /** Writes the body; false if the values are not of the kind, and nothing is written. */
    boolean encode(ByteSink body) {
        OptionalInt exponent = exponent();
        if (exponent.isEmpty()) {
            return false;
        }
        double power = power(exponent.getAsInt());
        int rows = column.rows();
        long[] integers = new long[rows];
        long[] places = new long[rows];
        int exceptions = 0;
        long previous = 0;
        for (int i = 0; i < rows; i++) {
            if (!column.isNull(i)) {
                long integer = integer(i, power);
                if (matches(integer, power, i)) {
                    previous = integer;
                } else {
                    places[exceptions++] = i;
                }
            }
            integers[i] = previous;
        }
        ByteSink written = new ByteSink(rows * 4);
        written.putLong(exponent.getAsInt());
        written.putLong(exceptions);
        IntegerEncoder.frame(integers, rows, written);
        IntegerEncoder.frame(places, exceptions, written);
        for (int i = 0; i < exceptions; i++) {
            long bits = column.low((int) places[i]);
            if (single) {
                written.putInt((int) bits);
            } else {
                written.putLong(bits);
            }
        }
        if (written.length() > WORTHWHILE * rows * column.type().layout().width()) {
            return false;
        }
        byte[] bytes = written.toBytes();
        body.putBytes(bytes, 0, bytes.length);
        return true;
    }

    private double value(int row) {
        return single ? Float.intBitsToFloat((int) column.low(row)) : Double.longBitsToDouble(column.low(row));
    }

    /** The integer that a value may be; anything for what is no such number. */
    private long integer(int row, double power) {
        double scaled = value(row) * power;
        return Math.abs(scaled) < MOST ? Math.round(scaled) : 0;
    }

    private boolean matches(long integer, double power, int row) {
        double value = integer / power;
        return single
                ? Float.floatToRawIntBits((float) value) == (int) column.low(row)
                : Double.doubleToRawLongBits(value) == column.low(row);
    }

    /** The exponent that makes a sample of the values smallest; empty if none does. */
    private OptionalInt exponent() {
        int stride = Math.max(1, column.rows() / SAMPLED);
        int width = column.type().layout().width() * 8;
        long least = Long.MAX_VALUE;
        long plain = 0;
        OptionalInt best = OptionalInt.empty();
        for (int exponent = 0; exponent <= GREATEST_EXPONENT; exponent++) {
            double power = power(exponent);
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            long exceptions = 0;
            long sampled = 0;
            for (int i = 0; i < column.rows(); i += stride) {
                if (column.isNull(i)) {
                    continue;
                }
                sampled++;
                long integer = integer(i, power);
                if (matches(integer, power, i)) {
                    min = Math.min(min, integer);
                    max = Math.max(max, integer);
                } else {
                    exceptions++;
                }
            }
            long bits = max < min
                    ? Long.MAX_VALUE
                    : sampled * BitPacking.width(max - min) + exceptions * (width + Short.SIZE);
            plain = sampled * width;
            if (bits < least) {
                least = bits;
                best = OptionalInt.of(exponent);
            }
        }
        return least < plain ? best : OptionalInt.empty();
    }
}
