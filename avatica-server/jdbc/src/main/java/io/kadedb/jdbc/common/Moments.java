package io.kadedb.jdbc.common;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Microseconds since 1970 as java.time's types. */
public final class Moments {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** Milliseconds of the infinite {@code Date} and {@code Timestamp} of PostgreSQL's driver. */
    private static final long LAST_MILLIS = 9_223_372_036_825_200_000L;

    private static final long FIRST_MILLIS = -9_223_372_036_832_400_000L;

    private Moments() {}

    /** -1 or 1 for the days or microseconds that stand for {@code -infinity} and {@code infinity}, 0 for others. */
    public static int infinity(boolean days, long value) {
        return value == (days ? Integer.MAX_VALUE : Long.MAX_VALUE)
                ? 1
                : value == (days ? Integer.MIN_VALUE : Long.MIN_VALUE) ? -1 : 0;
    }

    /** {@code infinity} or {@code -infinity} if that is what a parameter stands for, or null. */
    @SuppressWarnings("JavaUtilDate") // what callers give
    public static @Nullable String infinite(Object value) {
        if (value instanceof java.util.Date) {
            long millis = ((java.util.Date) value).getTime();
            return millis == LAST_MILLIS ? "infinity" : millis == FIRST_MILLIS ? "-infinity" : null;
        }
        if (value.equals(LocalDate.MAX)
                || value.equals(LocalDateTime.MAX)
                || value.equals(OffsetDateTime.MAX)
                || value.equals(Instant.MAX)) {
            return "infinity";
        }
        return value.equals(LocalDate.MIN)
                        || value.equals(LocalDateTime.MIN)
                        || value.equals(OffsetDateTime.MIN)
                        || value.equals(Instant.MIN)
                ? "-infinity"
                : null;
    }

    /** The milliseconds of an infinite {@code Date} or {@code Timestamp}, as PostgreSQL's driver has them. */
    public static long infiniteMillis(int sign) {
        return sign > 0 ? LAST_MILLIS : FIRST_MILLIS;
    }

    public static LocalDateTime local(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000, ZoneOffset.UTC);
    }

    /** A time of day; 24:00, which java.time cannot hold, is the last moment before it. */
    public static LocalTime time(long micros) {
        return micros == MICROS_PER_DAY ? LocalTime.MAX : LocalTime.ofNanoOfDay(micros * 1_000);
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }
}
