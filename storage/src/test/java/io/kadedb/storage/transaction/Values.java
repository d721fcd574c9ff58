package io.kadedb.storage.transaction;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Int128;
import io.kadedb.storage.format.v1.VectorValues;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Java values, as in literals, to batches and back. */
public final class Values {
    private Values() {}

    /** Adds a value. */
    public static void add(ColumnBuffer column, @Nullable Object value) {
        if (value == null) {
            column.addNull();
            return;
        }
        switch (value) {
            case Boolean known -> column.addFixed(known ? 1 : 0, 0);
            case Double number
            when column.type().id() == io.kadedb.common.type.TypeId.REAL ->
                column.addFixed(Float.floatToRawIntBits(number.floatValue()), 0);
            case Double number -> column.addFixed(Double.doubleToRawLongBits(number), 0);
            case BigDecimal decimal -> {
                BigInteger unscaled = decimal.setScale(column.type().scale()).unscaledValue();
                column.addFixed(unscaled.longValue(), unscaled.shiftRight(64).longValue());
            }
            case Number number -> column.addFixed(number.longValue(), 0);
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                column.addVarbytes(bytes, 0, bytes.length);
            }
            case ByteBuffer buffer -> {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                column.addVarbytes(bytes, 0, bytes.length);
            }
            case Interval interval ->
                column.addFixed((long) interval.days() << 32 | (interval.months() & 0xFFFF_FFFFL), interval.micros());
            case UUID uuid ->
                column.addFixed(
                        Long.reverseBytes(uuid.getMostSignificantBits()),
                        Long.reverseBytes(uuid.getLeastSignificantBits()));
            default -> throw new IllegalArgumentException("not a value: " + value);
        }
    }

    /** The value of a row. */
    public static @Nullable Object get(ColumnVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        SqlType type = vector.type();
        return switch (type.id()) {
            case BOOLEAN -> VectorValues.low(vector, row) != 0;
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, ENUM -> VectorValues.low(vector, row);
            case REAL -> (double) Float.intBitsToFloat((int) VectorValues.low(vector, row));
            case DOUBLE -> Double.longBitsToDouble(VectorValues.low(vector, row));
            case DECIMAL -> {
                long low = VectorValues.low(vector, row);
                long high = type.layout().width() == 16 ? VectorValues.high(vector, row) : low >> 63;
                yield new BigDecimal(Int128.toBigInteger(low, high), type.scale());
            }
            case TEXT, VARCHAR, CHAR -> new String(VectorValues.bytes(vector, row), StandardCharsets.UTF_8);
            case BYTEA, ARRAY, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY ->
                ByteBuffer.wrap(VectorValues.bytes(vector, row));
            case INTERVAL -> {
                long low = VectorValues.low(vector, row);
                yield new Interval((int) low, (int) (low >> 32), VectorValues.high(vector, row));
            }
            case UUID ->
                new UUID(
                        Long.reverseBytes(VectorValues.low(vector, row)),
                        Long.reverseBytes(VectorValues.high(vector, row)));
            case NULL -> throw new IllegalArgumentException("no column has this type");
        };
    }

    /** A vector in memory that lives as long as it is reachable. */
    public static ColumnVector vector(ColumnBuffer column) {
        Arena arena = Arena.ofAuto();
        MemorySegment data = arena.allocate(column.dataBytes() + 64, 64);
        MemorySegment validity = arena.allocate(ColumnVector.bitmapBytes(column.rows()) + 8, 64);
        return column.copyTo(data, validity, arena.allocate(column.totalBytes() + 8L, 64));
    }

    /** A batch of rows. */
    public static Batch batch(List<SqlType> types, List<List<@Nullable Object>> rows) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            ColumnBuffer column = new ColumnBuffer(types.get(i));
            for (List<@Nullable Object> row : rows) {
                add(column, row.get(i));
            }
            vectors.add(vector(column));
        }
        return new Batch(rows.size(), vectors);
    }

    /** The rows of a batch. */
    public static List<List<@Nullable Object>> rows(Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.length(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (ColumnVector vector : batch.columns()) {
                values.add(get(vector, row));
            }
            rows.add(values);
        }
        return rows;
    }

    static Object required(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }
}
