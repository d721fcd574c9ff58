package io.kadedb.executor.reference;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Values worth trying. Sums of the floats among them are exact in any order, unless they are infinite. */
final class Samples {
    static final List<SqlType> TYPES = List.of(
            SqlType.BOOLEAN,
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.REAL,
            SqlType.DOUBLE,
            SqlType.decimal(5, 2),
            SqlType.decimal(18, 4),
            SqlType.decimal(38, 10),
            SqlType.TEXT,
            SqlType.character(5),
            SqlType.DATE,
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMPTZ,
            SqlType.INTERVAL,
            SqlType.UUID,
            SqlType.BYTEA);

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "a ",
            "A",
            "ab",
            "abc",
            "b",
            "ba",
            "é",
            "aé",
            "ß",
            "\uFFFD",
            "😀",
            "ab😀c",
            "a%c",
            "a_c",
            "abcdefghijklmnopqrstuvwxyz",
            "abcdefghijklmnopqrstuvwxyZ",
            "0",
            "-1");

    private Samples() {}

    /** A value; with edges sometimes one of the outermost of its type. */
    static Object of(SqlType type, boolean edges, Random random) {
        boolean edge = edges && random.nextInt(4) == 0;
        boolean first = random.nextBoolean();
        return switch (type.id()) {
            case BOOLEAN -> first;
            case SMALLINT -> edge ? (long) (first ? Short.MIN_VALUE : Short.MAX_VALUE) : small(random);
            case INTEGER -> edge ? (long) (first ? Integer.MIN_VALUE : Integer.MAX_VALUE) : small(random);
            case BIGINT -> edge ? (Long) (first ? Long.MIN_VALUE : Long.MAX_VALUE) : (Long) small(random);
            case REAL, DOUBLE -> edge ? special(random) : (Double) (random.nextInt(-8, 9) / 4.0);
            case DECIMAL -> {
                BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
                BigInteger digits = edge ? first ? most : most.negate() : BigInteger.valueOf(random.nextInt(-300, 300));
                yield new BigDecimal(digits, type.scale());
            }
            case TEXT, VARCHAR -> pick(TEXTS, random);
            case CHAR -> Conversions.cast(pick(TEXTS, random), SqlType.TEXT, type, java.time.ZoneOffset.UTC);
            case DATE -> edge ? (first ? -719_162L : 2_932_896L) : 19_000L + random.nextInt(-40, 40);
            case TIMESTAMP, TIMESTAMPTZ ->
                // Around the turns of the clocks of 2024 in most zones.
                edge
                        ? (first ? -62_135_596_800_000_000L : 253_402_214_400_000_000L)
                        : (first ? 1_711_846_800_000_000L : 1_729_990_800_000_000L)
                                + random.nextInt(-20, 20) * 1_800_000_000L
                                + random.nextInt(2);
            case INTERVAL ->
                new Interval(random.nextInt(-1, 2), random.nextInt(-2, 3), random.nextInt(-3, 4) * 1_800_000_000L);
            case UUID -> new UUID(random.nextInt(-1, 2), random.nextInt(-1, 2));
            case BYTEA -> {
                byte[] bytes = new byte[random.nextInt(4)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            }
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static long small(Random random) {
        return random.nextInt(-5, 9);
    }

    private static double special(Random random) {
        return pick(
                List.of(-0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e6, 0x1p-20), random);
    }

    static <T> T pick(List<T> choice, Random random) {
        return choice.get(random.nextInt(choice.size()));
    }

    static List<SqlType> exactNumbers() {
        return Stream.concat(
                        TYPES.stream().filter(SqlType::isInteger),
                        TYPES.stream().filter(type -> type.precision() > 0 && type.isNumeric()))
                .toList();
    }
}
