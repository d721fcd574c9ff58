package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.math.BigDecimal;
import java.util.List;

/** Chooses constants: few different ones, so that they collide, and the edges of their types. */
final class Constants {
    private static final List<String> WORDS = List.of("", "a", "b", "ab", "A", "B", "ba", "abc", "a b", "%", "_", "10");
    private static final List<String> EDGE_WORDS =
            List.of(" ", "a ", " a", "ä", "ß", "😀", "a😀b", "é", "日本", "x'y", "\\", "a\tb", "Z", "zz", "-", "0");
    private static final List<String> DATES =
            List.of("2024-01-01", "2024-01-02", "2024-01-03", "2024-02-29", "2023-12-31", "2024-03-31", "2000-01-01");
    private static final List<String> EDGE_DATES =
            List.of("0001-01-01", "9999-12-31", "1582-10-15", "1582-10-04", "1900-02-28", "1969-12-31", "1970-01-01");
    private static final List<String> TIMES =
            List.of("00:00:00", "12:00:00", "12:34:56", "23:59:59", "01:02:03.5", "23:59:59.999999", "00:00:00.000001");
    private static final List<String> TIMESTAMPS = List.of(
            "2024-01-01 00:00:00",
            "2024-01-01 12:00:00",
            "2024-02-29 23:59:59",
            "2024-03-31 02:30:00",
            "2023-12-31 23:59:59.999999",
            "2024-10-27 01:30:00",
            "2000-01-01 00:00:00");
    private static final List<String> EDGE_TIMESTAMPS = List.of(
            "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "1969-12-31 23:59:59.999999", "1970-01-01 00:00:00");
    private static final List<String> INTERVALS = List.of(
            "1 day",
            "2 days",
            "1 mon",
            "30 days",
            "24:00:00",
            "1 day 02:03:04",
            "-1 days",
            "00:00:00",
            "1 year",
            "1 year 2 mons",
            "-00:30:00",
            "00:00:00.5");
    private static final List<String> UUIDS = List.of(
            "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "80000000-0000-0000-8000-000000000000");
    private static final List<String> BYTES = List.of("\\x", "\\x00", "\\x01ff", "\\x01", "\\xff", "\\x6162");
    private static final List<String> DOCUMENTS = List.of(
            "{}",
            "[]",
            "1",
            "null",
            "true",
            "\"a\"",
            "{\"a\": 1}",
            "{\"a\": {\"b\": [1, 2, null]}}",
            "[1, 2, 3]",
            "{\"a\": null, \"b\": \"x\"}",
            "[{\"a\": 1}, {\"a\": 2}]",
            "{\"a\": 1.50}",
            "[[]]",
            "{\"a\": [1, {\"b\": 2}], \"b\": true}",
            "{\"a\": \"7\", \"b\": [\"x\", \"y\"]}",
            "{\"ä\": \"😀\"}");
    /** Whose members have the same types mostly. */
    private static final List<String> ALIKE = List.of(
            "{\"a\": 1, \"b\": \"x\"}",
            "{\"a\": 2, \"b\": \"xy\"}",
            "{\"a\": 3}",
            "{\"a\": 2.5, \"b\": \"a\"}",
            "{\"a\": null, \"b\": \"b\"}",
            "{\"a\": -1, \"b\": \"x\", \"c\": {\"a\": true}}",
            "{\"a\": 9, \"c\": {\"a\": false}}",
            "{\"a\": 0, \"c\": {\"a\": true}, \"b\": \"\"}");

    private static final List<String> INTEGER_ARRAYS =
            List.of("{}", "{1}", "{1,2}", "{2,1}", "{1,NULL}", "{NULL}", "{1,2,3}", "{3,3}");
    private static final List<String> TEXT_ARRAYS =
            List.of("{}", "{a}", "{a,b}", "{\"\"}", "{NULL}", "{\"a b\",c}", "{b,a}", "{a,a}");
    private static final List<String> DOUBLES =
            List.of("0", "1", "-1", "0.5", "1.25", "-2.5", "3", "10", "0.25", "100.75");
    private static final List<String> EDGE_DOUBLES = List.of("-0", "NaN", "Infinity", "-Infinity", "1e-7", "1e15");

    private final Choices choices;

    Constants(Choices choices) {
        this.choices = choices;
    }

    /** A constant or NULL to be stored in a column. */
    Part stored(Column column, boolean edges) {
        if (choices.chance(15)) {
            return new Part.Null(column.type());
        }
        return of(column.type(), column.extreme(), edges);
    }

    /** An everyday constant of a kind. */
    Part.Value of(Kind kind) {
        return Part.value(kind, literal(SqlType.of(kind), false, false));
    }

    Part of(SqlType type, boolean extreme, boolean edges) {
        return literal(type, extreme, edges && choices.chance(30));
    }

    private Part.Literal literal(SqlType type, boolean extreme, boolean edge) {
        String text = switch (type.kind()) {
            case SMALLINT -> integer(extreme, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> integer(extreme, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> integer(extreme, Long.MIN_VALUE, Long.MAX_VALUE);
            case NUMERIC -> number(type, extreme);
            case REAL, DOUBLE, RATIO -> choices.of(edge && extreme ? EDGE_DOUBLES : DOUBLES);
            case BOOLEAN -> choices.pick("true", "false");
            case CHAR -> cut(type, choices.of(WORDS));
            case VARCHAR, TEXT -> cut(type, choices.of(edge ? EDGE_WORDS : WORDS));
            case DATE -> choices.of(edge && extreme ? EDGE_DATES : DATES);
            case TIME -> choices.of(TIMES);
            case TIMESTAMP -> choices.of(edge && extreme ? EDGE_TIMESTAMPS : TIMESTAMPS);
            case TIMESTAMPTZ -> choices.of(edge && extreme ? EDGE_TIMESTAMPS : TIMESTAMPS) + "+00";
            case INTERVAL -> choices.of(INTERVALS);
            case BYTEA -> choices.of(BYTES);
            case UUID -> choices.of(UUIDS);
            case JSON, JSONB -> choices.of(extreme && choices.chance(92) ? ALIKE : DOCUMENTS);
            case INTEGER_ARRAY -> choices.of(INTEGER_ARRAYS);
            case TEXT_ARRAY -> choices.of(TEXT_ARRAYS);
        };
        return new Part.Literal(type.kind(), text);
    }

    private String integer(boolean extreme, long least, long greatest) {
        if (extreme && choices.chance(40)) {
            return Long.toString(choices.pick(least, greatest, least + 1, greatest - 1));
        }
        return Integer.toString(choices.chance(80) ? choices.between(-1, 6) : choices.between(-20, 100));
    }

    private String number(SqlType type, boolean extreme) {
        int scale = type.precision() == 0 ? 2 : type.scale();
        BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
        if (extreme && choices.chance(30)) {
            BigDecimal most = BigDecimal.TEN.pow(type.precision() - scale).subtract(unit);
            return (choices.chance(50) ? most : most.negate()).toPlainString();
        }
        // Near halves, where roundings differ.
        return choices.chance(60)
                ? new BigDecimal(choices.between(-8, 12) * 5)
                        .movePointLeft(Math.min(scale, 1))
                        .setScale(scale)
                        .toPlainString()
                : unit.multiply(BigDecimal.valueOf(choices.between(-150, 400))).toPlainString();
    }

    private static String cut(SqlType type, String word) {
        return type.precision() == 0 || word.codePointCount(0, word.length()) <= type.precision()
                ? word
                : word.substring(0, word.offsetByCodePoints(0, type.precision()));
    }
}
