package io.kadedb.server.jdbc;

import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.value.ArrayTexts;
import io.kadedb.jdbc.common.JdbcArray;
import io.kadedb.jdbc.common.Moments;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Array cells as JDBC has them: elements of the classes that {@code getObject} gives for columns of their type. */
final class ArrayCells {
    private static final long DAY = 86_400_000_000L;

    private ArrayCells() {}

    static JdbcArray of(ByteBuffer bytes, SqlType type, ZoneId zone) {
        SqlType element = type.element();
        ArrayValue array = ArrayBytes.decode(bytes, element);
        int[] lengths = array.isEmpty()
                ? new int[1]
                : array.dimensions().stream()
                        .mapToInt(ArrayValue.Dimension::length)
                        .toArray();
        Object elements = Array.newInstance(boxed(element), lengths);
        fill(elements, array, 0, 0, element, zone);
        return new JdbcArray(
                JdbcType.number(element), JdbcType.name(element), elements, ArrayTexts.of(bytes, type, zone));
    }

    private static Class<?> boxed(SqlType element) {
        return JdbcType.javaClass(element);
    }

    private static int fill(Object target, ArrayValue array, int dimension, int from, SqlType element, ZoneId zone) {
        int next = from;
        for (int i = 0; i < Array.getLength(target); i++) {
            if (dimension < array.dimensions().size() - 1) {
                next = fill(Array.get(target, i), array, dimension + 1, next, element, zone);
            } else {
                Array.set(target, i, object(array.elements().get(next++), element, zone));
            }
        }
        return next;
    }

    private static @Nullable Object object(@Nullable Object value, SqlType type, ZoneId zone) {
        if (value == null) {
            return null;
        }
        return switch (type.id()) {
            case SMALLINT, INTEGER -> ((Long) value).intValue();
            case REAL -> ((Double) value).floatValue();
            case BOOLEAN, BIGINT, DOUBLE, INTERVAL, UUID -> value;
            case DECIMAL -> (BigDecimal) value;
            case BYTEA -> {
                ByteBuffer bytes = ((ByteBuffer) value).duplicate();
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                yield copy;
            }
            case DATE -> {
                int infinity = Moments.infinity(true, (Long) value);
                yield infinity == 0
                        ? Date.valueOf(LocalDate.ofEpochDay((Long) value))
                        : new Date(Moments.infiniteMillis(infinity));
            }
            case TIME -> Time.valueOf(LocalTime.ofNanoOfDay(Math.min((Long) value, DAY - 1) * 1_000));
            case TIMESTAMP, TIMESTAMPTZ -> {
                int infinity = Moments.infinity(false, (Long) value);
                yield infinity != 0
                        ? new Timestamp(Moments.infiniteMillis(infinity))
                        : type.id() == TypeId.TIMESTAMP
                                ? Timestamp.valueOf(Moments.local((Long) value))
                                : Timestamp.from(Moments.instant((Long) value));
            }
            case TEXT, VARCHAR, CHAR, ARRAY, ENUM, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL ->
                io.kadedb.executor.kernel.value.ValueText.of(value, type, zone);
        };
    }
}
