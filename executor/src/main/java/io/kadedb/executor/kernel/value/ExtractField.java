package io.kadedb.executor.kernel.value;

import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_DAY;
import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_HOUR;
import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_MINUTE;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;

/** The fields of EXTRACT. */
public final class ExtractField {
    private static final long JULIAN_DAY_OF_1970 = 2_440_588;

    private ExtractField() {}

    static BigDecimal of(String field, Object value, SqlType type, ZoneId zone) {
        if (value instanceof Interval interval) {
            return ofInterval(field, interval);
        }
        long number = (Long) value;
        return switch (type.id()) {
            case DATE -> ofDate(field, number, type);
            case TIME -> ofTime(field, number, type);
            case TIMESTAMP -> ofTimestamp(field, number, type);
            default ->
                switch (field) {
                    case "epoch" -> seconds(number);
                    case "timezone" -> whole(Calendar.offset(number, zone).getTotalSeconds());
                    case "timezone_hour" -> whole(Calendar.offset(number, zone).getTotalSeconds() / 3600);
                    case "timezone_minute" ->
                        whole(Calendar.offset(number, zone).getTotalSeconds() / 60 % 60);
                    default -> ofTimestamp(field, Calendar.toLocal(number, zone), type);
                };
        };
    }

    /**
     * A field of an infinite date or timestamp.
     *
     * @throws io.kadedb.common.error.KadeException 0A000 but for fields that are infinite too, as double precision:
     *     whole numbers have no infinity, and fields that come again are NULL in PostgreSQL
     */
    static Object ofInfinite(String field, long time, SqlType type, SqlType result) {
        boolean grows = switch (field) {
            case "year", "isoyear", "decade", "century", "millennium", "julian", "epoch" -> true;
            default -> false;
        };
        if (grows && result.id() == TypeId.DOUBLE) {
            return time > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        throw infinite(type);
    }

    /** What is thrown for fields of infinite times. */
    public static KadeException infinite(SqlType type) {
        return Failures.unsupported(
                "the fields of an infinite " + type.id().sqlName() + " are not built: test it with isfinite first");
    }

    private static BigDecimal whole(long value) {
        return BigDecimal.valueOf(value);
    }

    private static BigDecimal seconds(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }

    private static BigDecimal ofTimestamp(String field, long micros, SqlType type) {
        return switch (field) {
            case "epoch" -> seconds(micros);
            case "hour", "hours", "minute", "minutes", "second", "seconds" ->
                ofTime(field, Math.floorMod(micros, MICROS_PER_DAY), type);
            case "millisecond", "milliseconds", "microsecond", "microseconds" ->
                ofTime(field, Math.floorMod(micros, MICROS_PER_DAY), type);
            case "julian" ->
                BigDecimal.valueOf(Math.floorDiv(micros, MICROS_PER_DAY) + JULIAN_DAY_OF_1970)
                        .add(BigDecimal.valueOf(Math.floorMod(micros, MICROS_PER_DAY))
                                .divide(BigDecimal.valueOf(MICROS_PER_DAY), 20, java.math.RoundingMode.HALF_UP));
            default -> ofDate(field, Math.floorDiv(micros, MICROS_PER_DAY), type);
        };
    }

    private static BigDecimal ofTime(String field, long micros, SqlType type) {
        return switch (field) {
            case "hour", "hours" -> whole(micros / MICROS_PER_HOUR);
            case "minute", "minutes" -> whole(micros / MICROS_PER_MINUTE % 60);
            case "second", "seconds" -> seconds(micros % MICROS_PER_MINUTE);
            case "millisecond", "milliseconds" -> BigDecimal.valueOf(micros % MICROS_PER_MINUTE, 3);
            case "microsecond", "microseconds" -> whole(micros % MICROS_PER_MINUTE);
            case "epoch" -> seconds(micros);
            default -> throw unsupported(field, type);
        };
    }

    private static BigDecimal ofDate(String field, long days, SqlType type) {
        LocalDate date = Calendar.date(days);
        int year = date.getYear();
        return switch (field) {
            case "year", "years" -> whole(year > 0 ? year : year - 1);
            case "month", "months" -> whole(date.getMonthValue());
            case "day", "days" -> whole(date.getDayOfMonth());
            case "quarter" -> whole((date.getMonthValue() - 1) / 3 + 1);
            case "dow" -> whole(date.getDayOfWeek().getValue() % 7);
            case "isodow" -> whole(date.getDayOfWeek().getValue());
            case "doy" -> whole(date.getDayOfYear());
            case "week", "weeks" -> whole(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "isoyear" -> {
                int isoYear = date.get(IsoFields.WEEK_BASED_YEAR);
                yield whole(isoYear > 0 ? isoYear : isoYear - 1);
            }
            case "decade", "decades" -> whole(Math.floorDiv(year, 10));
            case "century", "centuries" -> whole(year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100));
            case "millennium", "millennia" -> whole(year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000));
            case "epoch" -> whole(days * 86_400);
            case "julian" -> whole(days + JULIAN_DAY_OF_1970);
            default -> throw unsupported(field, type);
        };
    }

    private static BigDecimal ofInterval(String field, Interval value) {
        int years = value.months() / 12;
        long micros = value.micros();
        return switch (field) {
            case "year", "years" -> whole(years);
            case "month", "months" -> whole(value.months() % 12);
            case "quarter" -> whole(value.months() % 12 / 3 + 1);
            case "day", "days" -> whole(value.days());
            case "week", "weeks" -> whole(value.days() / 7);
            case "decade", "decades" -> whole(years / 10);
            case "century", "centuries" -> whole(years / 100);
            case "millennium", "millennia" -> whole(years / 1000);
            case "hour", "hours" -> whole(micros / MICROS_PER_HOUR);
            case "minute", "minutes" -> whole(micros / MICROS_PER_MINUTE % 60);
            case "second", "seconds" -> seconds(micros % MICROS_PER_MINUTE);
            case "millisecond", "milliseconds" -> BigDecimal.valueOf(micros % MICROS_PER_MINUTE, 3);
            case "microsecond", "microseconds" -> whole(micros % MICROS_PER_MINUTE);
            // A year counts 365.25 days and a month 30, as in PostgreSQL.
            case "epoch" ->
                seconds(micros)
                        .add(whole(value.days() * 86_400L))
                        .add(whole(years * 31_557_600L))
                        .add(whole(value.months() % 12 * 2_592_000L));
            default -> throw unsupported(field, SqlType.INTERVAL);
        };
    }

    private static RuntimeException unsupported(String field, SqlType type) {
        boolean known = switch (field) {
            case "hour",
                    "minute",
                    "second",
                    "milliseconds",
                    "microseconds",
                    "timezone",
                    "timezone_hour",
                    "timezone_minute" -> true;
            case "year", "month", "day", "quarter", "dow", "isodow", "doy", "week", "isoyear", "julian" -> true;
            case "decade", "century", "millennium" -> true;
            default -> false;
        };
        return known
                ? Failures.unsupported("unit \"" + field + "\" not supported for type "
                        + type.id().sqlName())
                : DateTimeFunctions.unknownUnit(field, type);
    }
}
