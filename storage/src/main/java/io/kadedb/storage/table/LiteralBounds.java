package io.kadedb.storage.table;

import com.apple.foundationdb.tuple.Tuple;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.KeyWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Literals of ranges and statistics as encoded values and back. */
final class LiteralBounds {
    private LiteralBounds() {}

    /**
     * A bound as keys encode it, or null when it has no such form and must not be used.
     *
     * @param low whether it is a lower bound: what does not fit the column is rounded outwards
     */
    static byte @Nullable [] encode(SqlType type, Object value, boolean low) {
        KeyWriter key = new KeyWriter();
        return add(key, type, value, low) ? key.toBytes() : null;
    }

    private static boolean add(KeyWriter key, SqlType type, Object value, boolean low) {
        switch (type.id()) {
            case BOOLEAN -> {
                if (value instanceof Boolean known) {
                    key.addFixed(type, known ? 1 : 0, 0);
                    return true;
                }
            }
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, ENUM -> {
                if (value instanceof Long || value instanceof Integer || value instanceof Short) {
                    key.addLong(((Number) value).longValue());
                    return true;
                }
            }
            case REAL -> {
                if (value instanceof Number number && number.doubleValue() == (double) (float) number.doubleValue()) {
                    key.addFixed(type, Float.floatToRawIntBits((float) number.doubleValue()), 0);
                    return true;
                }
            }
            case DOUBLE -> {
                if (value instanceof Double || value instanceof Float) {
                    key.addFixed(type, Double.doubleToRawLongBits(((Number) value).doubleValue()), 0);
                    return true;
                }
            }
            case DECIMAL -> {
                if (value instanceof BigDecimal decimal) {
                    key.addBig(decimal.setScale(type.scale(), low ? RoundingMode.FLOOR : RoundingMode.CEILING)
                            .unscaledValue());
                    return true;
                }
            }
            case TEXT, VARCHAR, CHAR -> {
                if (value instanceof String text) {
                    addBytes(key, type, text.getBytes(StandardCharsets.UTF_8));
                    return true;
                }
            }
            case BYTEA, ARRAY -> {
                if (value instanceof ByteBuffer buffer) {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.duplicate().get(bytes);
                    addBytes(key, type, bytes);
                    return true;
                }
            }
            case INTERVAL -> {
                if (value instanceof Interval interval) {
                    long days = (long) interval.days() << 32;
                    key.addFixed(type, days | (interval.months() & 0xFFFF_FFFFL), interval.micros());
                    return true;
                }
            }
            case UUID -> {
                if (value instanceof UUID uuid) {
                    key.addFixed(
                            type,
                            Long.reverseBytes(uuid.getMostSignificantBits()),
                            Long.reverseBytes(uuid.getLeastSignificantBits()));
                    return true;
                }
            }
            // Documents are compared, but never sorted in storage.
            case JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL -> {}
        }
        return false;
    }

    private static void addBytes(KeyWriter key, SqlType type, byte[] bytes) {
        key.addVarbytes(type, bytes, 0, bytes.length);
    }

    /** Whether a bound stands for exactly the value, so that it may be exclusive. */
    static boolean isExact(SqlType type, Object value) {
        return !(value instanceof BigDecimal decimal)
                || decimal.stripTrailingZeros().scale() <= type.scale();
    }

    /** The value that was encoded, as literals are; null for types whose encoding loses it. */
    static @Nullable Object decode(SqlType type, byte[] encoded) {
        Object value = Tuple.fromBytes(encoded).get(0);
        return switch (type.id()) {
            case BOOLEAN, DOUBLE, TEXT, VARCHAR, CHAR, UUID -> value;
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, ENUM -> ((Number) value).longValue();
            case REAL -> ((Number) value).doubleValue();
            case DECIMAL ->
                new BigDecimal(
                        value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue()),
                        type.scale());
            case BYTEA, ARRAY -> ByteBuffer.wrap((byte[]) value).asReadOnlyBuffer();
            case INTERVAL, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL -> null;
        };
    }
}
