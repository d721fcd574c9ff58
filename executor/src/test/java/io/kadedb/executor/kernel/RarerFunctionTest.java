package io.kadedb.executor.kernel;

import static io.kadedb.common.type.SqlType.BIGINT;
import static io.kadedb.common.type.SqlType.BOOLEAN;
import static io.kadedb.common.type.SqlType.BYTEA;
import static io.kadedb.common.type.SqlType.DATE;
import static io.kadedb.common.type.SqlType.DOUBLE;
import static io.kadedb.common.type.SqlType.INTEGER;
import static io.kadedb.common.type.SqlType.INTERVAL;
import static io.kadedb.common.type.SqlType.TEXT;
import static io.kadedb.common.type.SqlType.TIME;
import static io.kadedb.common.type.SqlType.TIMESTAMP;
import static io.kadedb.common.type.SqlType.TIMESTAMPTZ;
import static io.kadedb.executor.kernel.Evaluations.literal;
import static io.kadedb.executor.kernel.FunctionExamples.check;
import static io.kadedb.executor.kernel.FunctionExamples.d;
import static io.kadedb.executor.kernel.FunctionExamples.i;
import static io.kadedb.executor.kernel.FunctionExamples.n;
import static io.kadedb.executor.kernel.FunctionExamples.parsed;
import static io.kadedb.executor.kernel.FunctionExamples.t;
import static io.kadedb.executor.kernel.FunctionExamples.ts;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@link EveryFunctionTest} is for the functions that are called less often; one that is new and not among the
 * names here is wanted there.
 */
class RarerFunctionTest {
    static final String NAMES = "REGEXP_(LIKE|COUNT|INSTR|SUBSTR)|TRANSLATE|QUOTE_.*|FORMAT|TO_(HEX|BIN|OCT)"
        + "|(SORT|ROW)_TEXT|BITS_.*|SHIFT_.*|ENCODE|DECODE|SHA[0-9]+|BIT_.*|NUM_.*|PG_TYPEOF|GCD|LCM|FACTORIAL|DIV|(MIN_)?SCALE|WIDTH_BUCKET"
        + "|(SIN|COS|TAN)[HD]|COT|TO_(CHAR|DATE|NUMBER)|MAKE_(TIME.*|INTERVAL)|DATE_BIN|TIME_BUCKET|JUSTIFY_.*|IS_FINITE|PERIODS_OVERLAP";

    private static Expr.Literal big(long value) {
        return literal(value, BIGINT);
    }

    private static Expr.Literal none(SqlType type) {
        return literal(null, type);
    }

    private static Expr.Literal span(int months, int days, long micros) {
        return literal(new Interval(months, days, micros), INTERVAL);
    }

    private static Expr.Literal bytes(String hex) {
        return literal(buffer(hex), BYTEA);
    }

    private static ByteBuffer buffer(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static long hours(long count) {
        return count * 3_600_000_000L;
    }

    @ParameterizedTest
    @EnumSource(value = ScalarFunction.class, mode = EnumSource.Mode.MATCH_ANY, names = NAMES)
    void hasAKernel(ScalarFunction function) {
        switch (function) {
            case REGEXP_LIKE -> {
                check(function, BOOLEAN, false, t("Hello World"), t("world$"));
                check(function, BOOLEAN, true, t("Hello World"), t("world$"), t("i"));
            }
            case REGEXP_COUNT -> {
                check(function, INTEGER, 3, t("123456789012"), t("\\d\\d\\d"), i(2));
                check(function, INTEGER, 2, t("ABCABC"), t("abc"), i(1), t("i"));
            }
            case REGEXP_INSTR -> {
                check(function, INTEGER, 0, t("abc"), t("x"));
                check(function, INTEGER, 6, t("ABCDEFGHI"), t("(c..)(...)"), i(1), i(1), i(0), t("i"), i(2));
            }
            case REGEXP_SUBSTR -> {
                check(function, TEXT, null, t("abc"), t("x"));
                check(function, TEXT, "FGH", t("ABCDEFGHI"), t("(c..)(...)"), i(1), i(1), t("i"), i(2));
            }
            case TRANSLATE -> check(function, TEXT, "a2x5", t("12345"), t("143"), t("ax"));
            case QUOTE_IDENT -> {
                check(function, TEXT, "\"Foo bar\"", t("Foo bar"));
                check(function, TEXT, "abc_1", t("abc_1"));
            }
            case QUOTE_LITERAL -> {
                check(function, TEXT, "'O''Reilly'", t("O'Reilly"));
                check(function, TEXT, "'42.5'", n("42.5"));
            }
            case QUOTE_NULLABLE -> {
                check(function, TEXT, "NULL", none(TEXT));
                check(function, TEXT, "'7'", i(7));
            }
            case FORMAT -> {
                check(function, TEXT, "Hello World, World", t("Hello %s, %1$s"), t("World"));
                check(function, TEXT, "\"Col\" = 'it''s'", t("%I = %L"), t("Col"), t("it's"));
            }
            case TO_HEX -> {
                check(function, TEXT, "ffffffff", i(-1));
                check(function, TEXT, "80000000", big(2_147_483_648L));
            }
            case TO_BIN -> check(function, TEXT, "101", i(5));
            case TO_OCT -> check(function, TEXT, "100", i(64));
            case ENCODE -> {
                check(function, TEXT, "001122ff", bytes("001122ff"), t("hex"));
                check(function, TEXT, "\\000\\377\\\\a", bytes("00ff5c61"), t("escape"));
            }
            case DECODE -> check(function, BYTEA, buffer("68656c6c6f"), t("aGVsbG8="), t("base64"));
            case SHA224, SHA256, SHA384, SHA512 ->
                check(function, BYTEA, buffer(digestOfAbc(function)), bytes("616263"));
            case BIT_LENGTH -> {
                check(function, INTEGER, 32, t("jose"));
                check(function, INTEGER, 16, bytes("0f01"));
            }
            case BIT_COUNT -> check(function, BIGINT, 5, bytes("0f01"));
            case NUM_NULLS -> check(function, INTEGER, 1, i(1), none(INTEGER), i(2));
            case NUM_NONNULLS -> check(function, INTEGER, 2, i(1), none(INTEGER), i(2));
            case PG_TYPEOF -> {
                check(function, TEXT, "integer", i(1));
                check(function, TEXT, "boolean", none(BOOLEAN));
            }
            default -> calculates(function);
        }
    }

    private static String digestOfAbc(ScalarFunction function) {
        return switch (function) {
            case SHA224 -> "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7";
            case SHA256 -> "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
            case SHA384 ->
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7";
            case SHA512 ->
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
            default -> throw new AssertionError("nothing checks " + function);
        };
    }

    private static void calculates(ScalarFunction function) {
        switch (function) {
            case SORT_TEXT -> check(function, TEXT, "8000000000000002", i(2));
            case ROW_TEXT -> check(function, TEXT, "(1,,\"a b\")", i(1), none(INTEGER), t("a b"));
            case BITS_AND -> check(function, INTEGER, 8, i(12), i(10));
            case BITS_OR -> check(function, INTEGER, 14, i(12), i(10));
            case BITS_XOR -> check(function, BIGINT, 6L, big(12), big(10));
            case BITS_NOT -> check(function, INTEGER, -13, i(12));
            case SHIFT_LEFT -> {
                check(function, INTEGER, 2, i(1), i(33));
                check(function, BIGINT, 1L << 33, big(1), i(33));
            }
            case SHIFT_RIGHT -> check(function, INTEGER, -2, i(-8), i(2));
            case GCD -> {
                check(function, INTEGER, 21, i(1071), i(462));
                check(function, BIGINT, 2, big(2_147_483_648L), big(6));
            }
            case LCM -> check(function, INTEGER, 23_562, i(1071), i(462));
            case FACTORIAL -> check(function, SqlType.decimal(38, 0), new BigDecimal("2432902008176640000"), big(20));
            case DIV -> check(function, SqlType.decimal(38, 0), new BigDecimal("-2"), n("-9"), n("4"));
            case SCALE -> check(function, INTEGER, 2, n("8.41"));
            case MIN_SCALE -> check(function, INTEGER, 2, n("8.4100"));
            case WIDTH_BUCKET -> {
                check(function, INTEGER, 3, d(5.35), d(0.024), d(10.06), i(5));
                check(function, INTEGER, 4, d(3), d(10), d(0), i(5));
            }
            case SINH -> check(function, DOUBLE, 1.1752011936438014, d(1));
            case COSH -> check(function, DOUBLE, 1.0, d(0));
            case TANH -> check(function, DOUBLE, 0.7615941559557649, d(1));
            case COT -> check(function, DOUBLE, 1.830487721712452, d(0.5));
            case SIND -> check(function, DOUBLE, 0.5, d(30));
            case COSD -> check(function, DOUBLE, 0.5, d(60));
            case TAND -> check(function, DOUBLE, 1.0, d(45));
            case TO_CHAR -> {
                check(function, TEXT, "05:31:12", ts("2002-04-20 17:31:12.66"), t("HH12:MI:SS"));
                check(function, TEXT, "15:02:12", span(0, 0, 54_132_000_000L), t("HH24:MI:SS"));
                check(function, TEXT, " 125", i(125), t("999"));
                check(function, TEXT, "125.80-", n("-125.8"), t("999D99S"));
                check(function, TEXT, " 1.50e+00", d(1.5), t("9.99EEEE"));
            }
            case TO_NUMBER ->
                check(function, SqlType.decimal(18, 1), new BigDecimal("-12454.8"), t("12,454.8-"), t("99G999D9S"));
            default -> tellsTime(function);
        }
    }

    private static void tellsTime(ScalarFunction function) {
        switch (function) {
            case TO_DATE ->
                check(function, DATE, parsed("2000-12-05", DATE).value(), t("05 Dec 2000"), t("DD Mon YYYY"));
            case MAKE_TIME -> check(function, TIME, parsed("08:15:23.5", TIME).value(), i(8), i(15), d(23.5));
            case MAKE_TIMESTAMP ->
                check(
                        function,
                        TIMESTAMP,
                        ts("2013-07-15 08:15:23.5").value(),
                        i(2013),
                        i(7),
                        i(15),
                        i(8),
                        i(15),
                        d(23.5));
            case MAKE_TIMESTAMPTZ ->
                check(
                        function,
                        TIMESTAMPTZ,
                        ts("2013-07-15 06:15:23.5").value(),
                        i(2013),
                        i(7),
                        i(15),
                        i(8),
                        i(15),
                        d(23.5),
                        t("Europe/Berlin"));
            case MAKE_INTERVAL -> {
                check(function, INTERVAL, new Interval(14, 0, 0), i(1), i(2));
                Interval whole = new Interval(14, 25, hours(5) + 367_500_000);
                check(function, INTERVAL, whole, i(1), i(2), i(3), i(4), i(5), i(6), d(7.5));
            }
            case PERIODS_OVERLAP ->
                check(
                        function,
                        BOOLEAN,
                        true,
                        parsed("08:00:00", TIME),
                        parsed("10:00:00", TIME),
                        parsed("11:00:00", TIME),
                        parsed("09:59:59", TIME));
            case DATE_BIN ->
                check(
                        function,
                        TIMESTAMP,
                        ts("2020-02-11 15:30:00").value(),
                        span(0, 0, hours(1) / 4),
                        ts("2020-02-11 15:44:17"),
                        ts("2001-01-01 00:00:00"));
            case TIME_BUCKET -> {
                check(function, TIMESTAMP, ts("2020-02-10 00:00:00").value(), span(0, 7, 0), ts("2020-02-11 15:44:17"));
                check(
                        function,
                        TIMESTAMP,
                        ts("2019-12-01 00:00:00").value(),
                        span(3, 0, 0),
                        ts("2020-02-11 15:44:17"),
                        ts("2019-12-01 00:00:00"));
                check(function, INTEGER, -8L, i(5), i(-4), i(2));
            }
            case JUSTIFY_HOURS -> check(function, INTERVAL, new Interval(0, 1, hours(3)), span(0, 0, hours(27)));
            case JUSTIFY_DAYS -> check(function, INTERVAL, new Interval(0, -5, 0), span(1, -35, 0));
            case JUSTIFY_INTERVAL -> check(function, INTERVAL, new Interval(0, 29, hours(23)), span(1, 0, hours(-1)));
            case IS_FINITE -> check(function, BOOLEAN, true, parsed("2024-01-01", DATE));
            default -> throw new AssertionError("nothing checks " + function);
        }
    }
}
