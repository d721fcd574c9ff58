package io.kadedb.executor.kernel;

import static io.kadedb.common.type.SqlType.BIGINT;
import static io.kadedb.common.type.SqlType.BOOLEAN;
import static io.kadedb.common.type.SqlType.DATE;
import static io.kadedb.common.type.SqlType.DOUBLE;
import static io.kadedb.common.type.SqlType.INTEGER;
import static io.kadedb.common.type.SqlType.INTERVAL;
import static io.kadedb.common.type.SqlType.TEXT;
import static io.kadedb.common.type.SqlType.TIMESTAMP;
import static io.kadedb.common.type.SqlType.TIMESTAMPTZ;
import static io.kadedb.executor.kernel.Evaluations.literal;
import static io.kadedb.executor.kernel.FunctionExamples.b;
import static io.kadedb.executor.kernel.FunctionExamples.check;
import static io.kadedb.executor.kernel.FunctionExamples.d;
import static io.kadedb.executor.kernel.FunctionExamples.i;
import static io.kadedb.executor.kernel.FunctionExamples.n;
import static io.kadedb.executor.kernel.FunctionExamples.t;
import static io.kadedb.executor.kernel.FunctionExamples.ts;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One known result of every function; the walk over the enum fails for a function without one. The rarer ones are in
 * {@link RarerFunctionTest}.
 */
class EveryFunctionTest {
    @ParameterizedTest
    @EnumSource(
            value = ScalarFunction.class,
            mode = EnumSource.Mode.MATCH_NONE,
            names = {
                RarerFunctionTest.NAMES,
                // Judged by PostgreSQL, every one of them, in the logic files.
                "JSON_.*|TO_JSON|ROW_TO_JSON|SQL_JSON|IS_JSON",
                "TO_TSVECTOR|.*TO_TSQUERY|TS_.*|SIMILARITY|SHOW_TRGM|TSVECTOR_.*|TSQUERY_.*|SETWEIGHT|STRIP|NUMNODE",
                "ARRAY.*|.*_ARRAY|SUBSCRIPT|SLICE|.*_ELEMENTS?|CONTAINS|CONTAINED|OVERLAPS|CARDINALITY|REGEXP_MATCH",
                "ENUM_.*",
                // The planner makes an operator of them.
                "TIME_BUCKET_GAPFILL|LOCF|INTERPOLATE",
                // Those have no kernel but ask the session they run in, of which there is none here.
                "NEXTVAL|CURRVAL|LASTVAL|SETVAL|PG_GET_SERIAL_SEQUENCE",
                "SETSEED|CLOCK_TIMESTAMP|KADE_STATE|PG_(TRY_)?ADVISORY.*"
            })
    void hasAKernel(ScalarFunction function) {
        switch (function) {
            case AND -> check(function, BOOLEAN, false, b(true), b(false), b(true));
            case OR -> check(function, BOOLEAN, true, b(false), b(true));
            case NOT -> check(function, BOOLEAN, false, b(true));
            case IS_NULL -> check(function, BOOLEAN, true, literal(null, TEXT));
            case IS_NOT_NULL -> check(function, BOOLEAN, true, t("x"));
            case IS_TRUE -> check(function, BOOLEAN, false, literal(null, BOOLEAN));
            case IS_NOT_TRUE -> check(function, BOOLEAN, true, literal(null, BOOLEAN));
            case IS_FALSE -> check(function, BOOLEAN, false, literal(null, BOOLEAN));
            case IS_NOT_FALSE -> check(function, BOOLEAN, true, literal(null, BOOLEAN));
            case EQ -> check(function, BOOLEAN, true, t("a"), t("a"));
            case NE -> check(function, BOOLEAN, true, i(1), i(2));
            case LT -> check(function, BOOLEAN, true, n("1.50"), n("1.51"));
            case LE -> check(function, BOOLEAN, true, d(1), d(Double.NaN));
            case GT -> check(function, BOOLEAN, true, t("é"), t("z"));
            case GE -> check(function, BOOLEAN, false, i(1), i(2));
            case IS_DISTINCT_FROM -> {
                check(function, BOOLEAN, true, literal(null, INTEGER), i(2));
                check(function, BOOLEAN, false, literal(null, INTEGER), literal(null, INTEGER));
            }
            case IS_NOT_DISTINCT_FROM -> {
                check(function, BOOLEAN, true, i(2), i(2));
                check(function, BOOLEAN, false, literal(null, INTEGER), i(2));
            }
            case ADD ->
                check(
                        function,
                        TIMESTAMP,
                        ts("2024-02-29 12:00:00").value(),
                        ts("2024-01-31 12:00:00"),
                        literal(new Interval(1, 0, 0), INTERVAL));
            case SUBTRACT -> check(function, INTEGER, 31, literal(19_754L, DATE), literal(19_723L, DATE));
            case MULTIPLY ->
                check(function, INTERVAL, new Interval(1, 15, 0), literal(new Interval(1, 0, 0), INTERVAL), d(1.5));
            case DIVIDE ->
                check(
                        function,
                        INTERVAL,
                        new Interval(0, 0, 1_800_000_000L),
                        literal(new Interval(0, 0, 3_600_000_000L), INTERVAL),
                        d(2));
            case MODULO -> check(function, INTEGER, -1, i(-7), i(3));
            case NEGATE ->
                check(function, INTERVAL, new Interval(-1, 2, -3), literal(new Interval(1, -2, 3), INTERVAL));
            case COALESCE -> check(function, TEXT, "x", literal(null, TEXT), t("x"), t("y"));
            // Its arguments are columns of a scan.
            case SHREDDED -> {}
            case SINGLE_ROW -> check(function, INTEGER, 5, i(5), i(1), literal(null, TEXT));
            case GREATEST -> check(function, INTEGER, 5, i(3), literal(null, INTEGER), i(5));
            case LEAST -> check(function, TEXT, "B", t("a"), t("B"));
            case ABS -> check(function, INTEGER, 5, i(-5));
            case SIGN -> check(function, DOUBLE, -1.0, d(-5.5));
            case CEIL -> check(function, SqlType.decimal(18, 0), new BigDecimal("-1"), n("-1.5"));
            case FLOOR -> check(function, DOUBLE, -2.0, d(-1.5));
            case ROUND -> {
                check(function, SqlType.decimal(18, 1), new BigDecimal("2.5"), n("2.45"), i(1));
                check(function, SqlType.decimal(18, 0), new BigDecimal("-3"), n("-2.5"));
                check(function, DOUBLE, 2.0, d(2.5));
                check(function, SqlType.decimal(18, 0), new BigDecimal("1200"), n("1234"), i(-2));
            }
            case TRUNC -> check(function, SqlType.decimal(18, 1), new BigDecimal("-2.4"), n("-2.49"), i(1));
            case SQRT -> check(function, DOUBLE, 1.5, d(2.25));
            case CBRT -> check(function, DOUBLE, 3.0, d(27));
            case POWER -> check(function, DOUBLE, 1024.0, d(2), d(10));
            case EXP -> check(function, DOUBLE, Math.E, d(1));
            case LN -> check(function, DOUBLE, 1.0, d(Math.E));
            case LOG10 -> check(function, DOUBLE, 3.0, d(1000));
            case SIN, TAN, ASIN, ATAN -> check(function, DOUBLE, 0.0, d(0));
            case COS -> check(function, DOUBLE, 1.0, d(0));
            case ACOS -> check(function, DOUBLE, 0.0, d(1));
            case ATAN2 -> check(function, DOUBLE, Math.PI / 4, d(1), d(1));
            case DEGREES -> check(function, DOUBLE, 180.0, d(Math.PI));
            case RADIANS -> check(function, DOUBLE, Math.PI, d(180));
            case PI -> check(function, DOUBLE, Math.PI);
            case RANDOM, GEN_RANDOM_UUID -> differsByRow(function);
            case LIKE -> check(function, BOOLEAN, true, t("a%b"), t("a!%_"), t("!"));
            case ILIKE -> check(function, BOOLEAN, true, t("HELLO"), t("h_l%"));
            case REGEX_MATCH -> check(function, BOOLEAN, true, t("abc"), t("^a.*c$"));
            case REGEX_IMATCH -> check(function, BOOLEAN, true, t("ABC"), t("b"));
            case CONCAT -> check(function, TEXT, "a1true", t("a"), i(1), b(true));
            case CONCAT_FUNCTION -> check(function, TEXT, "at", t("a"), literal(null, TEXT), b(true));
            case CONCAT_WS -> check(function, TEXT, "a,b", t(","), t("a"), literal(null, TEXT), t("b"));
            case LOWER -> check(function, TEXT, "äbc", t("ÄBC"));
            case UPPER -> check(function, TEXT, "ÄBC", t("äbc"));
            case INITCAP -> check(function, TEXT, "Hello World-Wide Web2x", t("hELLO wORLD-wide web2X"));
            case LENGTH -> check(function, INTEGER, 3, t("aé😀"));
            case OCTET_LENGTH -> check(function, INTEGER, 7, t("aé😀"));
            case SUBSTRING -> {
                check(function, TEXT, "é😀", t("aé😀b"), i(2), i(2));
                check(function, TEXT, "a", t("abc"), i(-1), i(3));
                check(function, TEXT, "bc", t("abc"), i(2));
                check(function, TEXT, "", t("abc"), i(9), i(2));
            }
            case POSITION -> check(function, INTEGER, 3, t("😀"), t("aé😀b"));
            case BTRIM -> check(function, TEXT, "a", t("  a "));
            case LTRIM -> check(function, TEXT, "a ", t("xya "), t("yx"));
            case RTRIM -> check(function, TEXT, " a", t(" a  "));
            case REPLACE -> check(function, TEXT, "xbxb", t("abab"), t("a"), t("x"));
            case LEFT -> {
                check(function, TEXT, "ab", t("abc"), i(2));
                check(function, TEXT, "ab", t("abc"), i(-1));
            }
            case RIGHT -> {
                check(function, TEXT, "bc", t("abc"), i(2));
                check(function, TEXT, "bc", t("abc"), i(-1));
            }
            case LPAD -> check(function, TEXT, "xyxhi", t("hi"), i(5), t("xy"));
            case RPAD -> check(function, TEXT, "hi   ", t("hi"), i(5));
            case REPEAT -> check(function, TEXT, "ababab", t("ab"), i(3));
            case REVERSE -> check(function, TEXT, "😀ba", t("ab😀"));
            case SPLIT_PART -> {
                check(function, TEXT, "b", t("a,b,c"), t(","), i(2));
                check(function, TEXT, "c", t("a,b,c"), t(","), i(-1));
            }
            case STARTS_WITH -> check(function, BOOLEAN, true, t("abc"), t("ab"));
            case OVERLAY -> check(function, TEXT, "Thomas", t("Txxxxas"), t("hom"), i(2), i(4));
            case ASCII -> check(function, INTEGER, 128_512, t("😀"));
            case CHR -> check(function, TEXT, "😀", i(128_512));
            case MD5 -> check(function, TEXT, "900150983cd24fb0d6963f7d28e17f72", t("abc"));
            case REGEXP_REPLACE -> check(function, TEXT, "[a]b[a]", t("aba"), t("(a)"), t("[\\1]"), t("g"));
            case EXTRACT ->
                check(
                        function,
                        SqlType.decimal(18, 6),
                        new BigDecimal("2024.000000"),
                        t("year"),
                        ts("2024-02-29 12:00:00"));
            case DATE_TRUNC ->
                check(function, TIMESTAMP, ts("2024-02-26 00:00:00").value(), t("week"), ts("2024-02-29 12:00:00"));
            case MAKE_DATE -> check(function, DATE, 19_782L, i(2024), i(2), i(29));
            case AGE -> check(function, INTERVAL, new Interval(43 * 12 + 9, 27, 0), ts("2001-04-10"), ts("1957-06-13"));
            case AT_TIME_ZONE ->
                check(
                        function,
                        TIMESTAMPTZ,
                        ts("2024-06-01 16:00:00").value(),
                        t("America/New_York"),
                        ts("2024-06-01 12:00:00"));
            case TO_TIMESTAMP -> {
                check(function, TIMESTAMPTZ, 1_284_352_323_500_000L, d(1_284_352_323.5));
                check(function, TIMESTAMPTZ, ts("2000-12-05 00:00:00").value(), t("05 Dec 2000"), t("DD Mon YYYY"));
            }
            default -> throw new AssertionError("nothing checks " + function);
        }
    }

    private static void differsByRow(ScalarFunction function) {
        SqlType type = function == ScalarFunction.RANDOM ? DOUBLE : SqlType.UUID;
        try (Fixture fixture = new Fixture();
                ExpressionEvaluator evaluator = new CpuKernels()
                        .expression(
                                new Expr.Call(function, List.of(), type, false), Fixture.context(), fixture.memory)) {
            List<Long> rows = new ArrayList<>();
            for (long row = 0; row < 100; row++) {
                rows.add(row);
            }
            var batch = Fixture.batch(fixture.vector(BIGINT, rows));
            assertThat(Fixture.values(evaluator.evaluate(batch, null, 100)))
                    .doesNotHaveDuplicates()
                    .hasSize(100);
        }
    }
}
