package io.kadedb.executor.kernel.value;

import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_DAY;
import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_SECOND;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** EXTRACT, DATE_TRUNC, AGE and what makes dates. */
final class DateTimeFunctions {
    private DateTimeFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result, ZoneId zone) {
        return switch (function) {
            case EXTRACT -> extract(args.get(1), result, zone);
            case DATE_TRUNC -> truncate(args, result, zone);
            case MAKE_DATE ->
                values -> makeDate(Args.integer(values, 0), Args.integer(values, 1), Args.integer(values, 2));
            case AGE -> args.size() == 2 ? age(args, zone) : null;
            case AT_TIME_ZONE ->
                args.get(1).id() == TypeId.TIMESTAMPTZ
                        ? values -> Calendar.toLocal(Args.number(values, 1), namedZone(Args.text(values, 0)))
                        : values -> Calendar.toInstant(Args.number(values, 1), namedZone(Args.text(values, 0)));
            case TO_TIMESTAMP ->
                args.size() == 2 ? FormatFunctions.toTimestamp(zone) : values -> toTimestamp(Args.real(values, 0));
            case GEN_RANDOM_UUID -> values -> java.util.UUID.randomUUID();
            default -> null;
        };
    }

    private static @Nullable RowFunction extract(SqlType source, SqlType result, ZoneId zone) {
        return switch (source.id()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL ->
                values -> {
                    String field = Args.text(values, 0).toLowerCase(Locale.ROOT);
                    if (Args.value(values, 1) instanceof Long time && InfiniteTimes.isInfinite(source.id(), time)) {
                        return ExtractField.ofInfinite(field, time, source, result);
                    }
                    BigDecimal value = ExtractField.of(field, Args.value(values, 1), source, zone);
                    return switch (result.id()) {
                        case DECIMAL -> Numbers.toDecimal(value, result);
                        case REAL, DOUBLE -> value.doubleValue();
                        default -> Numbers.toInteger(value, result);
                    };
                };
            default -> null;
        };
    }

    private static @Nullable RowFunction truncate(List<SqlType> args, SqlType result, ZoneId zone) {
        return switch (args.get(1).id()) {
            case INTERVAL -> values -> truncate(Args.text(values, 0), (Interval) Args.value(values, 1));
            case TIMESTAMP -> values -> truncate(Args.text(values, 0), Args.number(values, 1), args.get(1));
            case DATE ->
                values -> {
                    long local =
                            truncate(Args.text(values, 0), Calendar.micros(Args.number(values, 1), 0), args.get(1));
                    return switch (result.id()) {
                        case DATE -> Calendar.day(local);
                        case TIMESTAMPTZ -> Calendar.toInstant(local, zone);
                        default -> local;
                    };
                };
            case TIMESTAMPTZ ->
                values -> {
                    ZoneId in = args.size() > 2 ? namedZone(Args.text(values, 2)) : zone;
                    long instant = Args.number(values, 1);
                    String unit = Args.text(values, 0);
                    long local = Calendar.toLocal(instant, in);
                    long cut = truncate(unit, local, args.get(1));
                    // An hour that the clocks show twice stays the one it is.
                    return isWithinDay(unit) ? instant - (local - cut) : Calendar.toInstant(cut, in);
                };
            default -> null;
        };
    }

    private static boolean isWithinDay(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "microseconds",
                    "microsecond",
                    "milliseconds",
                    "millisecond",
                    "second",
                    "seconds",
                    "minute",
                    "minutes",
                    "hour",
                    "hours" -> true;
            default -> false;
        };
    }

    static ZoneId namedZone(String name) {
        ZoneId zone = KadeZones.find(name);
        if (zone == null) {
            throw Failures.invalidParameter("time zone \"" + name + "\" not recognized");
        }
        return zone;
    }

    static long truncate(String unit, long micros, SqlType type) {
        if (InfiniteTimes.isInfinite(micros)) {
            long _ = truncate(unit, 0, type);
            return micros;
        }
        LocalDateTime value = Calendar.dateTime(micros);
        LocalDate date = value.toLocalDate();
        int year = date.getYear();
        LocalDateTime cut = switch (unit.toLowerCase(Locale.ROOT)) {
            case "microseconds", "microsecond" -> value;
            case "milliseconds", "millisecond" -> value.truncatedTo(ChronoUnit.MILLIS);
            case "second", "seconds" -> value.truncatedTo(ChronoUnit.SECONDS);
            case "minute", "minutes" -> value.truncatedTo(ChronoUnit.MINUTES);
            case "hour", "hours" -> value.truncatedTo(ChronoUnit.HOURS);
            case "day", "days" -> date.atStartOfDay();
            case "week", "weeks" ->
                date.minusDays(date.getDayOfWeek().getValue() - 1L).atStartOfDay();
            case "month", "months" -> date.withDayOfMonth(1).atStartOfDay();
            case "quarter" ->
                LocalDate.of(year, (date.getMonthValue() - 1) / 3 * 3 + 1, 1).atStartOfDay();
            case "year", "years" -> LocalDate.of(year, 1, 1).atStartOfDay();
            case "decade", "decades" ->
                LocalDate.of(Math.floorDiv(year, 10) * 10, 1, 1).atStartOfDay();
            case "century", "centuries" ->
                LocalDate.of(Math.floorDiv(year - 1, 100) * 100 + 1, 1, 1).atStartOfDay();
            case "millennium", "millennia" ->
                LocalDate.of(Math.floorDiv(year - 1, 1000) * 1000 + 1, 1, 1).atStartOfDay();
            default -> throw unknownUnit(unit, type);
        };
        return Calendar.micros(cut);
    }

    private static Interval truncate(String unit, Interval value) {
        int months = value.months();
        long micros = value.micros();
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "microseconds", "microsecond" -> value;
            case "milliseconds", "millisecond" -> withTime(value, micros / 1000 * 1000);
            case "second", "seconds" -> withTime(value, micros / MICROS_PER_SECOND * MICROS_PER_SECOND);
            case "minute", "minutes" ->
                withTime(value, micros / Calendar.MICROS_PER_MINUTE * Calendar.MICROS_PER_MINUTE);
            case "hour", "hours" -> withTime(value, micros / Calendar.MICROS_PER_HOUR * Calendar.MICROS_PER_HOUR);
            case "day", "days" -> withTime(value, 0);
            case "month", "months" -> new Interval(months, 0, 0);
            case "quarter" -> new Interval(months / 3 * 3, 0, 0);
            case "year", "years" -> new Interval(months / 12 * 12, 0, 0);
            case "decade", "decades" -> new Interval(months / 120 * 120, 0, 0);
            case "century", "centuries" -> new Interval(months / 1200 * 1200, 0, 0);
            case "millennium", "millennia" -> new Interval(months / 12_000 * 12_000, 0, 0);
            default -> throw unknownUnit(unit, SqlType.INTERVAL);
        };
    }

    private static Interval withTime(Interval value, long micros) {
        return new Interval(value.months(), value.days(), micros);
    }

    static KadeException unknownUnit(String unit, SqlType type) {
        return Failures.invalidParameter(
                "unit \"" + unit + "\" not recognized for type " + type.id().sqlName());
    }

    static long makeDate(int year, int month, int day) {
        try {
            if (year == 0) {
                throw new DateTimeException("there is no year 0");
            }
            return Calendar.checkDate(
                    LocalDate.of(year < 0 ? year + 1 : year, month, day).toEpochDay());
        } catch (DateTimeException e) {
            throw KadeException.of(
                    ErrorCode.DATETIME_FIELD_OVERFLOW,
                    "date field value out of range: " + year + "-" + "%02d-%02d".formatted(month, day),
                    e);
        }
    }

    private static long toTimestamp(double seconds) {
        double micros = Math.rint(seconds * MICROS_PER_SECOND);
        if (!(Math.abs(micros) < 0x1p63)) {
            throw KadeException.of(ErrorCode.DATETIME_FIELD_OVERFLOW, "timestamp out of range: \"" + seconds + "\"");
        }
        return Calendar.checkTimestamp((long) micros);
    }

    private static RowFunction age(List<SqlType> args, ZoneId zone) {
        return values -> age(local(values, 0, args, zone), local(values, 1, args, zone));
    }

    private static long local(@Nullable Object[] values, int index, List<SqlType> args, ZoneId zone) {
        long value = Args.number(values, index);
        return switch (args.get(index).id()) {
            case DATE -> Calendar.micros(value, 0);
            case TIMESTAMPTZ -> Calendar.toLocal(value, zone);
            default -> value;
        };
    }

    /** Field by field, borrowing days from the month of the earlier time (PostgreSQL timestamp_age). */
    static Interval age(long first, long second) {
        if (InfiniteTimes.isInfinite(first) || InfiniteTimes.isInfinite(second)) {
            throw DateArithmetic.intervalOutOfRange();
        }
        if (first < second) {
            return DateArithmetic.negate(ageForward(second, first));
        }
        return ageForward(first, second);
    }

    private static Interval ageForward(long later, long earlier) {
        LocalDateTime a = Calendar.dateTime(later);
        LocalDateTime b = Calendar.dateTime(earlier);
        int months = (a.getYear() - b.getYear()) * 12 + a.getMonthValue() - b.getMonthValue();
        int days = a.getDayOfMonth() - b.getDayOfMonth();
        long micros = (a.toLocalTime().toNanoOfDay() - b.toLocalTime().toNanoOfDay()) / 1000;
        if (micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        }
        while (days < 0) {
            days += YearMonth.from(b).lengthOfMonth();
            months--;
        }
        return new Interval(months, days, micros);
    }
}
