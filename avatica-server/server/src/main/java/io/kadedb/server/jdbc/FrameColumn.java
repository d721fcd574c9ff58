package io.kadedb.server.jdbc;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.ValueText;
import io.kadedb.jdbc.common.Column;
import io.kadedb.jdbc.common.Kind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A column of the rows a result set stands on, as Java arrays: copied once a batch, so that reading a value is an array
 * access and the batch may go. Belongs to the result set's thread.
 */
public final class FrameColumn implements Column {
    private static final ValueLayout.OfLong BIG_ENDIAN =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final byte[] NULL = {0};
    private static final long EXACT_DOUBLE = 1L << 53;
    private static final double[] POWERS_OF_TEN = new double[23];

    static {
        double power = 1;
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = power;
            power *= 10;
        }
    }

    private final SqlType type;
    private final Kind kind;
    /** Integers, days and microseconds; booleans as 0 and 1; two words a value for wide types. */
    private long[] words = {};

    private double[] doubles = {};
    private int[] offsets = {};
    private byte[] bytes = {};
    private byte @Nullable [] validity;

    public FrameColumn(SqlType type) {
        this.type = type;
        this.kind = kind(type);
    }

    private static Kind kind(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> Kind.BOOLEAN;
            case SMALLINT, INTEGER -> Kind.INTEGER;
            case BIGINT -> Kind.BIGINT;
            case REAL -> Kind.REAL;
            case DOUBLE -> Kind.DOUBLE;
            case DECIMAL -> Kind.DECIMAL;
            case TEXT, VARCHAR, CHAR -> Kind.TEXT;
            case BYTEA -> Kind.BYTEA;
            case DATE -> Kind.DATE;
            case TIME -> Kind.TIME;
            case TIMESTAMP -> Kind.TIMESTAMP;
            case TIMESTAMPTZ -> Kind.TIMESTAMPTZ;
            case UUID -> Kind.UUID;
            case ARRAY -> Kind.ARRAY;
            case INTERVAL, ENUM, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL -> Kind.OTHER;
        };
    }

    public SqlType type() {
        return type;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String typeName() {
        return type.toString();
    }

    /** Takes the values of the next batch. */
    public void load(ColumnVector vector) {
        assert !vector.isDictionary() : "results are plain vectors";
        int rows = vector.length();
        MemorySegment bits = vector.validity();
        validity = bits == null ? null : bits.asSlice(0, (rows + 7L) / 8).toArray(ValueLayout.JAVA_BYTE);
        MemorySegment data = vector.data();
        switch (type.layout()) {
            case BIT -> loadBits(data, rows);
            case INT16 -> {
                reserve(rows);
                for (int i = 0; i < rows; i++) {
                    words[i] = data.get(ColumnVector.INT16, 2L * i);
                }
            }
            case INT32 -> {
                reserve(rows);
                for (int i = 0; i < rows; i++) {
                    words[i] = data.get(ColumnVector.INT32, 4L * i);
                }
            }
            case INT64 -> {
                reserve(rows);
                MemorySegment.copy(data, ColumnVector.INT64, 0, words, 0, rows);
            }
            case INT128, INTERVAL -> {
                reserve(2 * rows);
                MemorySegment.copy(data, ColumnVector.INT64, 0, words, 0, 2 * rows);
            }
            case BYTES16 -> {
                reserve(2 * rows);
                MemorySegment.copy(data, BIG_ENDIAN, 0, words, 0, 2 * rows);
            }
            case FLOAT32 -> {
                reserveDoubles(rows);
                for (int i = 0; i < rows; i++) {
                    doubles[i] = data.get(ColumnVector.FLOAT32, 4L * i);
                }
            }
            case FLOAT64 -> {
                reserveDoubles(rows);
                MemorySegment.copy(data, ColumnVector.FLOAT64, 0, doubles, 0, rows);
            }
            case VARBYTES -> loadBytes(vector, rows);
        }
    }

    /** Takes a value of a row as the only one. */
    public void load(HeapRow row, int index) {
        if (row.isNull(index)) {
            validity = NULL;
            return;
        }
        validity = null;
        reserve(2);
        switch (type.layout()) {
            case BIT, INT16, INT32, INT64 -> words[0] = row.low(index);
            case INT128, INTERVAL -> {
                words[0] = row.low(index);
                words[1] = row.high(index);
            }
            case BYTES16 -> {
                words[0] = Long.reverseBytes(row.low(index));
                words[1] = Long.reverseBytes(row.high(index));
            }
            case FLOAT32 -> {
                reserveDoubles(1);
                doubles[0] = Float.intBitsToFloat((int) row.low(index));
            }
            case FLOAT64 -> {
                reserveDoubles(1);
                doubles[0] = Double.longBitsToDouble(row.low(index));
            }
            case VARBYTES -> {
                int length = row.length(index);
                offsets = new int[] {0, length};
                bytes = Arrays.copyOfRange(row.bytes(index), row.from(index), row.from(index) + length);
            }
        }
    }

    private void loadBits(MemorySegment data, int rows) {
        reserve(rows);
        for (int i = 0; i < rows; i++) {
            words[i] = ColumnVector.bit(data, i) ? 1 : 0;
        }
    }

    private void loadBytes(ColumnVector vector, int rows) {
        MemorySegment source = vector.bytes();
        assert source != null : "text without bytes";
        if (offsets.length < rows + 1) {
            offsets = new int[rows + 1];
        }
        if (rows == 0) {
            return;
        }
        MemorySegment.copy(vector.data(), ColumnVector.INT32, 0, offsets, 0, rows + 1);
        int from = offsets[0];
        int length = offsets[rows] - from;
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        MemorySegment.copy(source, ValueLayout.JAVA_BYTE, from, bytes, 0, length);
        if (from != 0) {
            for (int i = 0; i <= rows; i++) {
                offsets[i] -= from;
            }
        }
    }

    private void reserve(int count) {
        if (words.length < count) {
            words = new long[count];
        }
    }

    private void reserveDoubles(int count) {
        if (doubles.length < count) {
            doubles = new double[count];
        }
    }

    @Override
    public boolean isNull(int row) {
        byte[] bits = validity;
        return bits != null && (bits[row >>> 3] >>> (row & 7) & 1) == 0;
    }

    /** The word of a one-word type: integers, booleans, days, microseconds, unscaled short decimals. */
    @Override
    public long word(int row) {
        return words[row];
    }

    @Override
    public double floating(int row) {
        return kind == Kind.DECIMAL ? decimalAsDouble(row) : doubles[row];
    }

    /** Exact operands make the quotient the nearest double. */
    private double decimalAsDouble(int row) {
        if (isShortDecimal()) {
            long unscaled = words[row];
            if (unscaled > -EXACT_DOUBLE && unscaled < EXACT_DOUBLE) {
                return unscaled / POWERS_OF_TEN[type.scale()];
            }
        }
        return decimal(row).doubleValue();
    }

    private boolean isShortDecimal() {
        return type.precision() <= SqlType.MAX_LONG_DECIMAL_PRECISION;
    }

    @Override
    public BigDecimal decimal(int row) {
        if (isShortDecimal()) {
            return BigDecimal.valueOf(words[row], type.scale());
        }
        long low = words[2 * row];
        long high = words[2 * row + 1];
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, type.scale());
        }
        BigInteger unscaled = BigInteger.valueOf(high).shiftLeft(64).or(new BigInteger(Long.toUnsignedString(low)));
        return new BigDecimal(unscaled, type.scale());
    }

    /** The text of a type that is stored as text. */
    public String text(int row) {
        return new String(bytes, offsets[row], offsets[row + 1] - offsets[row], StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes(int row) {
        return Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]);
    }

    @Override
    public String text(int row, ZoneId zone) {
        return switch (type.id()) {
            case TEXT, VARCHAR, JSON, JSONPATH, TSVECTOR, TSQUERY -> text(row);
            case CHAR -> ValueText.of(text(row), type, zone);
            case JSONB, ARRAY -> ValueText.of(ByteBuffer.wrap(bytes(row)), type, zone);
            case ENUM -> type.labels().text(words[row]);
            default -> ValueText.of(object(row, zone), type, zone);
        };
    }

    @Override
    public Object object(int row, ZoneId zone) {
        return switch (type.id()) {
            case ARRAY -> ArrayCells.of(ByteBuffer.wrap(bytes(row)), type, zone);
            case INTERVAL -> interval(row);
            case UUID -> new UUID(words[2 * row], words[2 * row + 1]);
            default -> text(row, zone);
        };
    }

    private Interval interval(int row) {
        long monthsAndDays = words[2 * row];
        return new Interval((int) monthsAndDays, (int) (monthsAndDays >>> 32), words[2 * row + 1]);
    }
}
