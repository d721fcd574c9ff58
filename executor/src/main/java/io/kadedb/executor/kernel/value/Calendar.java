package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.SqlType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Between our counts of days and microseconds and the calendar, within PostgreSQL's ranges. */
public final class Calendar {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    private static final long MIN_DATE = LocalDate.of(-4712, 1, 1).toEpochDay();
    private static final long MAX_DATE = LocalDate.of(5_874_897, 12, 31).toEpochDay();
    private static final long MIN_TIMESTAMP = MIN_DATE * MICROS_PER_DAY;
    // The year 294276 ends PostgreSQL's range, which counts from 2000; ours ends where microseconds since 1970 do.
    private static final long MAX_TIMESTAMP = Long.MAX_VALUE;

    private Calendar() {}

    public static long checkDate(long days) {
        if (days < MIN_DATE || days > MAX_DATE) {
            throw Failures.dateOutOfRange("date");
        }
        return days;
    }

    public static long checkTimestamp(long micros) {
        if (micros < MIN_TIMESTAMP || micros >= MAX_TIMESTAMP) {
            throw Failures.dateOutOfRange("timestamp");
        }
        return micros;
    }

    public static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000,
                ZoneOffset.UTC);
    }

    public static LocalDate date(long days) {
        return LocalDate.ofEpochDay(days);
    }

    public static LocalTime time(long micros) {
        return LocalTime.ofNanoOfDay(micros * 1000);
    }

    public static long micros(LocalDateTime value) {
        return micros(value.toLocalDate().toEpochDay(), value.toLocalTime().toNanoOfDay() / 1000);
    }

    /** A time of a day; of an infinite day infinite. */
    public static long micros(long days, long microsOfDay) {
        if (InfiniteTimes.isInfiniteDay(days)) {
            return days > 0 ? InfiniteTimes.LAST_MICROS : InfiniteTimes.FIRST_MICROS;
        }
        try {
            return checkTimestamp(Math.addExact(Math.multiplyExact(days, MICROS_PER_DAY), microsOfDay));
        } catch (ArithmeticException e) {
            throw Failures.dateOutOfRange("timestamp");
        }
    }

    /** The day of a time; of an infinite time infinite. */
    public static long day(long micros) {
        if (InfiniteTimes.isInfinite(micros)) {
            return micros > 0 ? InfiniteTimes.LAST_DAY : InfiniteTimes.FIRST_DAY;
        }
        return Math.floorDiv(micros, MICROS_PER_DAY);
    }

    /** The instant at which clocks of the zone show the time; in a gap, the time it would be without the change. */
    public static long toInstant(long localMicros, ZoneId zone) {
        if (InfiniteTimes.isInfinite(localMicros)) {
            return localMicros;
        }
        ZoneOffset offset = dateTime(localMicros).atZone(zone).getOffset();
        var rules = zone.getRules();
        LocalDateTime local = dateTime(localMicros);
        var transition = rules.getTransition(local);
        if (transition != null) {
            // In a gap PostgreSQL reads the time with the offset before the change; in an overlap with the one after.
            offset = transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter();
        }
        return checkTimestamp(localMicros - offset.getTotalSeconds() * MICROS_PER_SECOND);
    }

    /** What clocks of the zone show at the instant. */
    public static long toLocal(long instantMicros, ZoneId zone) {
        if (InfiniteTimes.isInfinite(instantMicros)) {
            return instantMicros;
        }
        return instantMicros + offset(instantMicros, zone).getTotalSeconds() * MICROS_PER_SECOND;
    }

    public static ZoneOffset offset(long instantMicros, ZoneId zone) {
        if (zone instanceof ZoneOffset fixed) {
            return fixed;
        }
        return zone.getRules().getOffset(Instant.ofEpochSecond(Math.floorDiv(instantMicros, MICROS_PER_SECOND)));
    }

    /** Rounds to the type's fractional digits. */
    public static long round(long micros, SqlType type) {
        int digits = type.precision();
        if (digits < 0 || digits >= 6 || InfiniteTimes.isInfinite(micros)) {
            return micros;
        }
        long unit = 1;
        for (int i = digits; i < 6; i++) {
            unit *= 10;
        }
        // Halves go away from zero, as in PostgreSQL's AdjustTimestampForTypmod.
        return micros >= 0 ? (micros + unit / 2) / unit * unit : -((-micros + unit / 2) / unit * unit);
    }
}
