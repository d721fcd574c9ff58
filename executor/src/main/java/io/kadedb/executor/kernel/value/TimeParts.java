package io.kadedb.executor.kernel.value;

import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_DAY;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.ScalarFunction;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes times and intervals of their parts, and brings the parts of intervals into proportion. */
final class TimeParts {
    private static final long DAYS_PER_MONTH = 30;

    private TimeParts() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, ZoneId zone) {
        return switch (function) {
            case MAKE_TIME -> values -> time(values, 0);
            case MAKE_TIMESTAMP -> TimeParts::timestamp;
            case MAKE_TIMESTAMPTZ ->
                values -> Calendar.checkTimestamp(
                        Calendar.toInstant(timestamp(values), values.length > 6 ? zone(Args.text(values, 6)) : zone));
            case MAKE_INTERVAL -> TimeParts::interval;
            case JUSTIFY_HOURS -> values -> justifyHours((Interval) Args.value(values, 0));
            case JUSTIFY_DAYS -> values -> justifyDays((Interval) Args.value(values, 0));
            case JUSTIFY_INTERVAL -> values -> justify((Interval) Args.value(values, 0));
            case IS_FINITE ->
                values -> !(Args.value(values, 0) instanceof Long time)
                        || !InfiniteTimes.isInfinite(args.getFirst().id(), time);
            default -> null;
        };
    }

    private static ZoneId zone(String name) {
        ZoneId zone = KadeZones.find(name);
        if (zone == null) {
            throw Failures.invalidParameter("time zone \"" + name + "\" not recognized");
        }
        return zone;
    }

    private static long time(@Nullable Object[] values, int first) {
        int hour = Args.integer(values, first);
        int minute = Args.integer(values, first + 1);
        double seconds = Args.real(values, first + 2);
        boolean last = hour == 24 && minute == 0 && seconds == 0;
        if (hour < 0 || minute < 0 || minute > 59 || !(seconds >= 0 && seconds <= 60) || (hour > 23 && !last)) {
            throw KadeException.of(
                    ErrorCode.DATETIME_FIELD_OVERFLOW,
                    "time field value out of range: " + hour + ":" + "%02d".formatted(minute) + ":" + seconds);
        }
        return (hour * 60L + minute) * Calendar.MICROS_PER_MINUTE + Math.round(seconds * 1_000_000);
    }

    private static long timestamp(@Nullable Object[] values) {
        long days =
                DateTimeFunctions.makeDate(Args.integer(values, 0), Args.integer(values, 1), Args.integer(values, 2));
        return Calendar.checkTimestamp(days * MICROS_PER_DAY + time(values, 3));
    }

    /** Years, months, weeks, days, hours, minutes and seconds, of which the last may be left out. */
    private static Interval interval(@Nullable Object[] values) {
        long[] parts = new long[6];
        for (int i = 0; i < Math.min(parts.length, values.length); i++) {
            parts[i] = Args.number(values, i);
        }
        double seconds = values.length > 6 ? Args.real(values, 6) : 0;
        try {
            return new Interval(
                    Math.toIntExact(parts[0] * 12 + parts[1]),
                    Math.toIntExact(parts[2] * 7 + parts[3]),
                    Math.addExact(
                            parts[4] * Calendar.MICROS_PER_HOUR + parts[5] * Calendar.MICROS_PER_MINUTE,
                            Math.round(seconds * 1_000_000)));
        } catch (ArithmeticException e) {
            throw KadeException.of(ErrorCode.DATETIME_FIELD_OVERFLOW, "interval out of range", e);
        }
    }

    private static Interval justifyHours(Interval value) {
        long days = value.days() + value.micros() / MICROS_PER_DAY;
        long micros = value.micros() % MICROS_PER_DAY;
        int borrowed = borrowed(days, micros);
        return interval(value.months(), days - borrowed, micros + borrowed * MICROS_PER_DAY);
    }

    private static Interval justifyDays(Interval value) {
        long months = value.months() + value.days() / DAYS_PER_MONTH;
        long days = value.days() % DAYS_PER_MONTH;
        int borrowed = borrowed(months, days);
        return interval(months - borrowed, days + borrowed * DAYS_PER_MONTH, value.micros());
    }

    private static Interval justify(Interval value) {
        long days = value.days() + value.micros() / MICROS_PER_DAY;
        long micros = value.micros() % MICROS_PER_DAY;
        long months = value.months() + days / DAYS_PER_MONTH;
        days %= DAYS_PER_MONTH;
        int borrowedMonths = borrowed(months, days == 0 ? micros : days);
        days += borrowedMonths * DAYS_PER_MONTH;
        int borrowedDays = borrowed(days, micros);
        return interval(months - borrowedMonths, days - borrowedDays, micros + borrowedDays * MICROS_PER_DAY);
    }

    /** How many of the larger unit, -1 to 1, the smaller one takes over so that both have one sign. */
    private static int borrowed(long larger, long smaller) {
        return Long.signum(larger) * Long.signum(smaller) < 0 ? Long.signum(larger) : 0;
    }

    private static Interval interval(long months, long days, long micros) {
        try {
            return new Interval(Math.toIntExact(months), Math.toIntExact(days), micros);
        } catch (ArithmeticException e) {
            throw KadeException.of(ErrorCode.DATETIME_FIELD_OVERFLOW, "interval out of range", e);
        }
    }
}
