package io.kadedb.executor.kernel;

import static io.kadedb.common.type.SqlType.DATE;
import static io.kadedb.common.type.SqlType.DOUBLE;
import static io.kadedb.common.type.SqlType.INTEGER;
import static io.kadedb.common.type.SqlType.INTERVAL;
import static io.kadedb.common.type.SqlType.TEXT;
import static io.kadedb.common.type.SqlType.TIME;
import static io.kadedb.common.type.SqlType.TIMESTAMP;
import static io.kadedb.common.type.SqlType.TIMESTAMPTZ;
import static io.kadedb.executor.kernel.Evaluations.assertValue;
import static io.kadedb.executor.kernel.Evaluations.literal;

import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.KadeZones;
import io.kadedb.executor.kernel.value.ValueParser;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DateTimeTest {
    private static Expr.Literal of(String text, SqlType type, String zone) {
        ZoneId id = Objects.requireNonNull(KadeZones.find(zone));
        return literal(ValueParser.parse(text, type, id), type);
    }

    private static void shows(
            String zone, String expected, ScalarFunction function, SqlType type, Expr.Literal a, Expr.Literal b) {
        assertValue(zone, expected, args -> new Expr.Cast(new Expr.Call(function, args, type, true), TEXT), a, b);
    }

    private static void plus(String expected, SqlType result, String a, SqlType aType, String b, SqlType bType) {
        shows("UTC", expected, ScalarFunction.ADD, result, of(a, aType, "UTC"), of(b, bType, "UTC"));
    }

    private static void minus(String expected, SqlType result, String a, SqlType aType, String b, SqlType bType) {
        shows("UTC", expected, ScalarFunction.SUBTRACT, result, of(a, aType, "UTC"), of(b, bType, "UTC"));
    }

    @Test
    void monthsClampToTheirEnd() {
        plus("2024-02-29 00:00:00", TIMESTAMP, "2024-01-31", DATE, "1 month", INTERVAL);
        plus("2023-02-28 10:00:00", TIMESTAMP, "2024-02-29 10:00", TIMESTAMP, "-1 year", INTERVAL);
        plus("1998-09-02 00:00:00", TIMESTAMP, "1998-12-01", DATE, "-90 days", INTERVAL);
        minus("1998-09-02 00:00:00", TIMESTAMP, "1998-12-01", DATE, "90 days", INTERVAL);
        plus("2024-01-01 01:30:00", TIMESTAMP, "2023-12-31 23:00", TIMESTAMP, "2.5 hours", INTERVAL);
        plus("00:30:00", TIME, "23:00", TIME, "1:30", INTERVAL);
        plus("2024-01-31 23:00:00", TIMESTAMP, "2024-01-31", DATE, "23:00", TIME);
        plus("2 mons 1 day 00:00:01", INTERVAL, "1 mon 1 day", INTERVAL, "1 mon 1 second", INTERVAL);
        plus("2024-01-31 00:00:00", TIMESTAMP, "1 month", INTERVAL, "2023-12-31", DATE);
    }

    @Test
    void differences() {
        minus("31", INTEGER, "2024-02-01", DATE, "2024-01-01", DATE);
        minus("1 day 02:00:00", INTERVAL, "2024-01-02 12:00", TIMESTAMP, "2024-01-01 10:00", TIMESTAMP);
        minus("-1 days -02:00:00", INTERVAL, "2024-01-01 10:00", TIMESTAMP, "2024-01-02 12:00", TIMESTAMP);
        minus("01:30:00", INTERVAL, "12:30", TIME, "11:00", TIME);
        shows("UTC", "2024-01-08", ScalarFunction.ADD, DATE, of("2024-01-01", DATE, "UTC"), literal(7, INTEGER));
        shows("UTC", "2023-12-25", ScalarFunction.SUBTRACT, DATE, of("2024-01-01", DATE, "UTC"), literal(7, INTEGER));
        shows(
                "UTC",
                "43 years 9 mons 27 days",
                ScalarFunction.AGE,
                INTERVAL,
                of("2001-04-10", TIMESTAMP, "UTC"),
                of("1957-06-13", TIMESTAMP, "UTC"));
        shows(
                "UTC",
                "-1 days",
                ScalarFunction.AGE,
                INTERVAL,
                of("2001-04-10", DATE, "UTC"),
                of("2001-04-11", DATE, "UTC"));
        shows(
                "UTC",
                "2 days 12:00:00",
                ScalarFunction.MULTIPLY,
                INTERVAL,
                of("1 day", INTERVAL, "UTC"),
                literal(2.5, DOUBLE));
    }

    @Test
    void daysOfATimestamptzFollowTheClock() {
        String zone = "Europe/Berlin";
        Expr.Literal before = of("2024-03-30 12:00", TIMESTAMPTZ, zone);
        shows(zone, "2024-03-31 12:00:00+02", ScalarFunction.ADD, TIMESTAMPTZ, before, of("1 day", INTERVAL, zone));
        shows(zone, "2024-03-31 13:00:00+02", ScalarFunction.ADD, TIMESTAMPTZ, before, of("24 hours", INTERVAL, zone));
        shows(
                zone,
                "2024-03-31 00:00:00+01",
                ScalarFunction.DATE_TRUNC,
                TIMESTAMPTZ,
                literal("day", TEXT),
                of("2024-03-31 12:00", TIMESTAMPTZ, zone));
        // 02:30 does not exist on that day.
        assertValue(
                zone,
                "2024-03-31 03:30:00+02",
                args -> new Expr.Cast(args.getFirst(), TEXT),
                of("2024-03-31 02:30", TIMESTAMPTZ, zone));
        // 02:30 exists twice: standard time is meant.
        assertValue(
                zone,
                "2024-10-27 02:30:00+01",
                args -> new Expr.Cast(args.getFirst(), TEXT),
                of("2024-10-27 02:30", TIMESTAMPTZ, zone));
    }

    private static void extracts(String field, String expected, String text, SqlType type) {
        SqlType result = SqlType.decimal(20, 6);
        assertValue(
                new BigDecimal(expected).setScale(6),
                args -> new Expr.Call(ScalarFunction.EXTRACT, args, result, true),
                literal(field, TEXT),
                of(text, type, "UTC"));
        assertValue(
                new BigDecimal(expected).setScale(6),
                args -> new Expr.Call(
                        ScalarFunction.EXTRACT, java.util.List.of(literal(field, TEXT), args.getFirst()), result, true),
                of(text, type, "UTC"));
    }

    @Test
    void fields() {
        extracts("year", "2001", "2001-02-16 20:38:40.12", TIMESTAMP);
        extracts("year", "-44", "0044-03-15 BC", DATE);
        extracts("month", "2", "2001-02-16", DATE);
        extracts("day", "16", "2001-02-16 20:38:40", TIMESTAMP);
        extracts("hour", "20", "2001-02-16 20:38:40", TIMESTAMP);
        extracts("minute", "38", "20:38:40", TIME);
        extracts("second", "40.12", "2001-02-16 20:38:40.12", TIMESTAMP);
        extracts("milliseconds", "40120", "2001-02-16 20:38:40.12", TIMESTAMP);
        extracts("dow", "5", "2001-02-16", DATE);
        extracts("isodow", "7", "2001-02-18", DATE);
        extracts("doy", "47", "2001-02-16", DATE);
        extracts("week", "1", "2006-01-02", DATE);
        extracts("week", "52", "2006-01-01", DATE);
        extracts("isoyear", "2005", "2006-01-01", DATE);
        extracts("quarter", "1", "2001-02-16", DATE);
        extracts("century", "20", "2000-12-16", DATE);
        extracts("century", "21", "2001-02-16", DATE);
        extracts("century", "-1", "0001-01-01 BC", DATE);
        extracts("millennium", "3", "2001-02-16", DATE);
        extracts("decade", "200", "2001-02-16", DATE);
        extracts("epoch", "982384720.12", "2001-02-16 20:38:40.12-08", TIMESTAMPTZ);
        extracts("epoch", "442800", "5 days 3 hours", INTERVAL);
        extracts("julian", "2453737", "2006-01-01", DATE);
        extracts("month", "1", "2 years 13 months", INTERVAL);
        extracts("year", "3", "2 years 13 months", INTERVAL);
    }

    @Test
    void everyDayHasTheRightParts() {
        for (LocalDate date = LocalDate.of(1895, 1, 1); date.getYear() < 2105; date = date.plusDays(17)) {
            long[] parts = {date.getYear(), date.getMonthValue(), date.getDayOfMonth()};
            String[] names = {"year", "month", "day"};
            for (int i = 0; i < 3; i++) {
                Expr call = new Expr.Call(
                        ScalarFunction.EXTRACT,
                        java.util.List.of(literal(names[i], TEXT), new Expr.Column(0, DATE, false)),
                        INTEGER,
                        false);
                try (Fixture fixture = new Fixture();
                        ExpressionEvaluator evaluator =
                                new CpuKernels().expression(call, Fixture.context(), fixture.memory)) {
                    var batch = Fixture.batch(fixture.vector(DATE, java.util.List.of(date.toEpochDay())));
                    org.assertj.core.api.Assertions.assertThat(Values.get(evaluator.evaluate(batch, null, 1), 0))
                            .isEqualTo(parts[i]);
                }
            }
        }
    }

    @Test
    void truncates() {
        String[][] cases = {
            {"microseconds", "2001-02-16 20:38:40.123456"}, {"milliseconds", "2001-02-16 20:38:40.123"},
            {"second", "2001-02-16 20:38:40"}, {"minute", "2001-02-16 20:38:00"},
            {"hour", "2001-02-16 20:00:00"}, {"day", "2001-02-16 00:00:00"},
            {"week", "2001-02-12 00:00:00"}, {"month", "2001-02-01 00:00:00"},
            {"quarter", "2001-01-01 00:00:00"}, {"year", "2001-01-01 00:00:00"},
            {"decade", "2000-01-01 00:00:00"}, {"century", "2001-01-01 00:00:00"},
            {"millennium", "2001-01-01 00:00:00"},
        };
        for (String[] row : cases) {
            shows(
                    "UTC",
                    row[1],
                    ScalarFunction.DATE_TRUNC,
                    TIMESTAMP,
                    literal(row[0], TEXT),
                    of("2001-02-16 20:38:40.123456", TIMESTAMP, "UTC"));
        }
    }
}
