package io.kadedb.executor.kernel;

import static io.kadedb.common.error.ErrorCode.DATETIME_FIELD_OVERFLOW;
import static io.kadedb.common.error.ErrorCode.INVALID_DATETIME_FORMAT;
import static io.kadedb.common.error.ErrorCode.INVALID_TEXT_REPRESENTATION;
import static io.kadedb.common.error.ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE;
import static io.kadedb.common.error.ErrorCode.STRING_DATA_RIGHT_TRUNCATION;
import static io.kadedb.common.type.SqlType.BIGINT;
import static io.kadedb.common.type.SqlType.BOOLEAN;
import static io.kadedb.common.type.SqlType.BYTEA;
import static io.kadedb.common.type.SqlType.DATE;
import static io.kadedb.common.type.SqlType.DOUBLE;
import static io.kadedb.common.type.SqlType.INTEGER;
import static io.kadedb.common.type.SqlType.INTERVAL;
import static io.kadedb.common.type.SqlType.REAL;
import static io.kadedb.common.type.SqlType.SMALLINT;
import static io.kadedb.common.type.SqlType.TEXT;
import static io.kadedb.common.type.SqlType.TIME;
import static io.kadedb.common.type.SqlType.TIMESTAMP;
import static io.kadedb.common.type.SqlType.TIMESTAMPTZ;
import static io.kadedb.common.type.SqlType.UUID;
import static io.kadedb.common.type.SqlType.decimal;
import static io.kadedb.executor.kernel.Evaluations.assertFails;
import static io.kadedb.executor.kernel.Evaluations.assertValue;
import static io.kadedb.executor.kernel.Evaluations.literal;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CastTest {
    private static void cast(@Nullable Object expected, SqlType to, @Nullable Object value, SqlType from) {
        cast("UTC", expected, to, value, from);
    }

    private static void cast(String zone, @Nullable Object expected, SqlType to, @Nullable Object value, SqlType from) {
        assertValue(zone, expected, args -> new Expr.Cast(args.getFirst(), to), literal(value, from));
    }

    private static void fails(ErrorCode code, String message, SqlType to, Object value, SqlType from) {
        assertFails(code, message, args -> new Expr.Cast(args.getFirst(), to), literal(value, from));
    }

    /** Text to the type and back. */
    private static void roundTrip(String shown, SqlType type, String... forms) {
        for (String form : forms) {
            assertValue(shown, args -> new Expr.Cast(new Expr.Cast(args.getFirst(), type), TEXT), literal(form, TEXT));
        }
    }

    @Test
    void numbersRound() {
        cast(3, INTEGER, new BigDecimal("2.5"), decimal(5, 1));
        cast(-3, INTEGER, new BigDecimal("-2.5"), decimal(30, 1));
        cast(2, INTEGER, 2.5, DOUBLE);
        cast(4, INTEGER, 3.5, DOUBLE);
        cast(new BigDecimal("1.24"), decimal(5, 2), new BigDecimal("1.235"), decimal(5, 3));
        cast(new BigDecimal("-1.24"), decimal(30, 2), new BigDecimal("-1.235"), decimal(5, 3));
        cast(new BigDecimal("7.00"), decimal(5, 2), 7, INTEGER);
        cast(new BigDecimal("0.1"), decimal(5, 1), 0.1, DOUBLE);
        cast(0.5, DOUBLE, new BigDecimal("0.50"), decimal(30, 2));
        cast((double) 0.1f, REAL, 0.1, DOUBLE);
        cast(1, INTEGER, true, BOOLEAN);
        cast(true, BOOLEAN, -2, INTEGER);
        cast(null, BIGINT, null, SMALLINT);
        fails(NUMERIC_VALUE_OUT_OF_RANGE, "smallint out of range", SMALLINT, 40_000, INTEGER);
        fails(NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range", INTEGER, 1L << 31, BIGINT);
        fails(NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range", BIGINT, 0x1p63, DOUBLE);
        fails(NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range", INTEGER, Double.NaN, DOUBLE);
        fails(NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow", decimal(3, 1), 100, INTEGER);
        fails(
                NUMERIC_VALUE_OUT_OF_RANGE,
                "numeric field overflow",
                decimal(3, 1),
                new BigDecimal("99.95"),
                decimal(30, 2));
        fails(NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow", REAL, 1e300, DOUBLE);
        fails(
                NUMERIC_VALUE_OUT_OF_RANGE,
                "bigint out of range",
                BIGINT,
                new BigDecimal("9".repeat(38)),
                decimal(38, 0));
    }

    @Test
    void textIsRead() {
        cast(42, INTEGER, " +42 ", TEXT);
        fails(INVALID_TEXT_REPRESENTATION, "invalid input syntax for type integer: \"4x\"", INTEGER, "4x", TEXT);
        fails(INVALID_TEXT_REPRESENTATION, "invalid input syntax for type integer: \"\"", INTEGER, "", TEXT);
        fails(
                NUMERIC_VALUE_OUT_OF_RANGE,
                "value \"99999999999\" is out of range for type integer",
                INTEGER,
                "99999999999",
                TEXT);
        cast(new BigDecimal("1200.0"), decimal(6, 1), "1.2e3", TEXT);
        fails(
                INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type numeric: \"one\"",
                decimal(5, 2),
                "one",
                TEXT);
        cast(Double.NEGATIVE_INFINITY, DOUBLE, "-Infinity", TEXT);
        fails(NUMERIC_VALUE_OUT_OF_RANGE, "\"1e400\" is out of range for type double precision", DOUBLE, "1e400", TEXT);
        cast(true, BOOLEAN, "YES", TEXT);
        cast(false, BOOLEAN, " f ", TEXT);
        fails(INVALID_TEXT_REPRESENTATION, "invalid input syntax for type boolean: \"maybe\"", BOOLEAN, "maybe", TEXT);
        cast(
                new java.util.UUID(0x0123456789abcdefL, 0x0123456789abcdefL),
                UUID,
                "{0123456789ABCDEF-0123-4567-89abcdef}",
                TEXT);
        fails(INVALID_TEXT_REPRESENTATION, "invalid input syntax for type uuid: \"x\"", UUID, "x", TEXT);
        cast(SampleValues.bytes(1, 255), BYTEA, "\\x01Ff", TEXT);
        cast(SampleValues.bytes('a', '\\', 7), BYTEA, "a\\\\\\007", TEXT);
    }

    @Test
    void lengthsAreKept() {
        cast("abc", SqlType.varchar(3), "abc  ", TEXT);
        cast("a😀", SqlType.varchar(2), "a😀", TEXT);
        fails(
                STRING_DATA_RIGHT_TRUNCATION,
                "value too long for type character varying(2)",
                SqlType.varchar(2),
                "abc",
                TEXT);
        fails(STRING_DATA_RIGHT_TRUNCATION, "value too long for type character(2)", SqlType.character(2), "abc", TEXT);
        cast("a", SqlType.character(3), "a  ", TEXT);
        cast("a", TEXT, "a ", SqlType.character(3));
        assertValue(
                true,
                args -> Evaluations.call(
                        io.kadedb.planner.physical.ScalarFunction.EQ, BOOLEAN, args.get(0), args.get(1)),
                literal("a", SqlType.character(3)),
                literal("a  ", SqlType.character(5)));
    }

    @Test
    void numbersAreShown() {
        cast("1.50", TEXT, new BigDecimal("1.50"), decimal(5, 2));
        cast("0.0000001", TEXT, new BigDecimal("0.0000001"), decimal(20, 7));
        cast("true", TEXT, true, BOOLEAN);
        cast("0.1", TEXT, 0.1, DOUBLE);
        cast("100000000000000", TEXT, 1e14, DOUBLE);
        cast("1e+15", TEXT, 1e15, DOUBLE);
        cast("0.0001", TEXT, 1e-4, DOUBLE);
        cast("1e-05", TEXT, 1e-5, DOUBLE);
        cast("-1.2345e+20", TEXT, -1.2345e20, DOUBLE);
        cast("5e-324", TEXT, Double.MIN_VALUE, DOUBLE);
        cast("-0", TEXT, -0.0, DOUBLE);
        cast("NaN", TEXT, Double.NaN, DOUBLE);
        cast("0.1", TEXT, (double) 0.1f, REAL);
        cast("1e+06", TEXT, 1e6, REAL);
        cast("\\x00ff", TEXT, SampleValues.bytes(0, 255), BYTEA);
    }

    @Test
    void datesAndTimes() {
        roundTrip(
                "2024-02-29",
                DATE,
                "2024-02-29",
                "2024/2/29",
                "20240229",
                "Feb 29, 2024",
                "29-Feb-2024",
                "02/29/2024",
                "2024-02-29 10:00");
        roundTrip("0044-03-15 BC", DATE, "0044-03-15 BC");
        roundTrip("12:34:56.5", TIME, "12:34:56.5", "123456.5", "12:34:56.500");
        roundTrip("13:00:00", TIME, "1:00 PM");
        roundTrip("24:00:00", TIME, "24:00");
        roundTrip(
                "2024-02-29 12:34:56.123457",
                TIMESTAMP,
                "2024-02-29T12:34:56.1234567",
                "2024-02-29 12:34:56.123457+05");
        roundTrip(
                "2024-02-29 07:34:56+00",
                TIMESTAMPTZ,
                "2024-02-29 12:34:56+05",
                "2024-02-29T07:34:56Z",
                "2024-02-29 08:34:56 Europe/Berlin",
                "2024-02-29 02:34:56 EST");
        fails(INVALID_DATETIME_FORMAT, "invalid input syntax for type date: \"soon\"", DATE, "soon", TEXT);
        fails(DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"2023-02-29\"", DATE, "2023-02-29", TEXT);
        fails(DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"25:00\"", TIME, "25:00", TEXT);
        cast(19_782L, DATE, 1_709_210_096_000_000L, TIMESTAMP);
        cast(-1L, DATE, -1L, TIMESTAMP);
        cast(1_709_164_800_000_000L, TIMESTAMP, 19_782L, DATE);
        cast("Europe/Berlin", "2024-07-01 14:00:00+02", TEXT, 1_719_835_200_000_000L, TIMESTAMPTZ);
        cast("Europe/Berlin", 1_719_842_400_000_000L, TIMESTAMP, 1_719_835_200_000_000L, TIMESTAMPTZ);
        cast("Europe/Berlin", 1_719_835_200_000_000L, TIMESTAMPTZ, 1_719_842_400_000_000L, TIMESTAMP);
        cast("America/New_York", "2024-06-30 20:00:00-04", TEXT, 1_719_792_000_000_000L, TIMESTAMPTZ);
        cast(1_500_000L, new SqlType(io.kadedb.common.type.TypeId.TIME, 1, 0), 1_450_000L, TIME);
    }

    @Test
    void intervals() {
        roundTrip(
                "1 year 2 mons 3 days 04:05:06",
                INTERVAL,
                "1 year 2 mons 3 days 04:05:06",
                "1-2 3 04:05:06",
                "P1Y2M3DT4H5M6S",
                "14 months 3 days 4 hours 5 minutes 6 seconds");
        roundTrip("-1 years -2 mons +3 days -04:05:06", INTERVAL, "-1 year -2 mons +3 days -04:05:06");
        roundTrip("1 day", INTERVAL, "1 day", "1d");
        roundTrip("36:00:00", INTERVAL, "36 hours", "1.5 hours 34.5 hours");
        roundTrip("1 day 12:00:00", INTERVAL, "1.5 days");
        roundTrip("1 mon 15 days", INTERVAL, "1.5 months");
        roundTrip("-3 days", INTERVAL, "3 days ago");
        roundTrip("00:00:00", INTERVAL, "0", "0 days");
        roundTrip("14 days", INTERVAL, "2 weeks");
        roundTrip("00:00:01.5", INTERVAL, "1.5 seconds", "1500 ms");
        cast("1 mon 1 day", TEXT, new Interval(1, 1, 0), INTERVAL);
        fails(
                INVALID_DATETIME_FORMAT,
                "invalid input syntax for type interval: \"3 apples\"",
                INTERVAL,
                "3 apples",
                TEXT);
    }
}
