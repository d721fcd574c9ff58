package io.kadedb.executor.kernel;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Edge cases of every type, and random picks of them. */
final class SampleValues {
    static final List<SqlType> TYPES = List.of(
            SqlType.BOOLEAN,
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.REAL,
            SqlType.DOUBLE,
            SqlType.decimal(10, 2),
            SqlType.decimal(38, 10),
            SqlType.TEXT,
            SqlType.character(5),
            SqlType.BYTEA,
            SqlType.DATE,
            SqlType.TIME,
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMPTZ,
            SqlType.INTERVAL,
            SqlType.UUID);

    private SampleValues() {}

    /** In ascending order, without equals. */
    static List<Object> ascending(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> List.of(false, true);
            case SMALLINT -> List.of((long) Short.MIN_VALUE, -1L, 0L, 1L, 7L, (long) Short.MAX_VALUE);
            case INTEGER -> List.of((long) Integer.MIN_VALUE, -1L, 0L, 1L, 7L, (long) Integer.MAX_VALUE);
            case BIGINT -> List.of(Long.MIN_VALUE, -1L, 0L, 1L, 7L, Long.MAX_VALUE);
            case DATE -> List.of(-719_528L, -1L, 0L, 11_016L, 19_000L, 2_932_896L);
            case TIME -> List.of(0L, 1L, 3_600_000_000L, 86_399_999_999L);
            case TIMESTAMP, TIMESTAMPTZ ->
                List.of(-62_135_596_800_000_000L, -1L, 0L, 951_782_400_000_001L, 1_700_000_000_000_000L);
            case REAL ->
                List.of(
                        Double.NEGATIVE_INFINITY,
                        -1.5,
                        0.0,
                        (double) Float.MIN_VALUE,
                        2.25,
                        (double) Float.MAX_VALUE,
                        Double.NaN);
            case DOUBLE ->
                List.of(
                        Double.NEGATIVE_INFINITY,
                        -Double.MAX_VALUE,
                        -1.5,
                        0.0,
                        Double.MIN_VALUE,
                        2.5,
                        1e300,
                        Double.POSITIVE_INFINITY,
                        Double.NaN);
            case DECIMAL ->
                type.scale() == 2
                        ? decimals(2, "-9999999999", "-1", "0", "1", "150", "9999999999")
                        : decimals(
                                10,
                                "-" + "9".repeat(38),
                                "-18446744073709551616",
                                "-1",
                                "0",
                                "1",
                                "9223372036854775808",
                                "18446744073709551615",
                                "9".repeat(38));
            case TEXT, VARCHAR ->
                List.of(
                        "",
                        " ",
                        "A",
                        "a",
                        "a ",
                        "ab",
                        "abcdefghijklmnop",
                        "abcdefghijklmnoq",
                        "b",
                        "é",
                        "\uFFFD",
                        "😀");
            case CHAR -> List.of("", "A", "a", "a b", "b");
            case BYTEA -> List.of(bytes(), bytes(0), bytes(0, 1), bytes(127), bytes(128), bytes(255, 255));
            case INTERVAL ->
                List.of(
                        new Interval(-12, 0, 0),
                        new Interval(0, -1, 0),
                        new Interval(0, 0, 0),
                        new Interval(0, 0, 1),
                        new Interval(0, 0, 86_400_000_001L),
                        new Interval(0, 29, 0),
                        new Interval(1, 0, 0),
                        new Interval(14, 3, 4_000_000));
            case UUID ->
                List.of(
                        new UUID(0, 0),
                        new UUID(0, 1),
                        new UUID(1, 0),
                        new UUID(Long.MAX_VALUE, -1),
                        new UUID(Long.MIN_VALUE, 0),
                        new UUID(-1, -1));
            case ARRAY, ENUM, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL -> List.of();
        };
    }

    private static List<Object> decimals(int scale, String... unscaled) {
        List<Object> values = new ArrayList<>();
        for (String digits : unscaled) {
            values.add(new BigDecimal(new java.math.BigInteger(digits), scale));
        }
        return values;
    }

    static ByteBuffer bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    static List<@Nullable Object> random(SqlType type, int count, double nulls, Random random) {
        List<Object> choice = ascending(type);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(random.nextDouble() < nulls ? null : choice.get(random.nextInt(choice.size())));
        }
        return values;
    }
}
