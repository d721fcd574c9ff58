package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.kernel.value.Calendar;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.OptionalInt;

/**
 * A date or time within a path.
 *
 * @param micros since 1970-01-01 00:00, of DATE at its start; of TIME since midnight; on the clock of the offset
 * @param offsetSeconds east of UTC; 0 for types without a zone
 */
public record PathMoment(Type type, long micros, int offsetSeconds) {
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NOT_NEGATIVE)
            .appendPattern("-MM-dd")
            .toFormatter();
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter();

    /** The types of dates and times, of which paths have one that tables have not. */
    public enum Type {
        DATE("date", "date"),
        TIME("time", "time without time zone"),
        TIME_TZ("timetz", "time with time zone"),
        TIMESTAMP("timestamp", "timestamp without time zone"),
        TIMESTAMP_TZ("timestamptz", "timestamp with time zone");

        private final String shortName;
        private final String longName;

        Type(String shortName, String longName) {
            this.shortName = shortName;
            this.longName = longName;
        }

        String longName() {
            return longName;
        }

        boolean isTime() {
            return this == TIME || this == TIME_TZ;
        }

        boolean hasZone() {
            return this == TIME_TZ || this == TIMESTAMP_TZ;
        }
    }

    /** In ISO's form. */
    String text() {
        String offset = type.hasZone() ? offsetText() : "";
        if (type.isTime()) {
            return TIME.format(LocalTime.ofNanoOfDay(micros * 1000)) + offset;
        }
        LocalDateTime local = Calendar.dateTime(micros);
        return type == Type.DATE ? DATE.format(local) : DATE.format(local) + "T" + TIME.format(local) + offset;
    }

    private String offsetText() {
        int seconds = Math.abs(offsetSeconds);
        String text = String.format("%s%02d:%02d", offsetSeconds < 0 ? "-" : "+", seconds / 3600, seconds / 60 % 60);
        return seconds % 60 == 0 ? text : text + String.format(":%02d", seconds % 60);
    }

    private long utcMicros() {
        return micros - offsetSeconds * Calendar.MICROS_PER_SECOND;
    }

    /** As micros of a fraction with so many digits. */
    PathMoment rounded(int digits) {
        long unit = 1;
        for (int i = digits; i < 6; i++) {
            unit *= 10;
        }
        long half = unit / 2;
        return new PathMoment(type, Math.floorDiv(micros + half, unit) * unit, offsetSeconds);
    }

    /** Whether one can be made the other, or compared with it. */
    private boolean isComparable(Type other) {
        return type.isTime() == other.isTime();
    }

    /** What changes between a type with a zone and one without wants the session's zone. */
    private void checkZone(Type to, boolean zoned) {
        if (!zoned && type.hasZone() != to.hasZone()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "cannot convert value from " + type.shortName + " to " + to.shortName
                                    + " without time zone usage")
                    .hint("Use *_tz() function for time zone support.");
        }
    }

    /**
     * Below, equal or above; empty for what cannot be compared.
     *
     * @throws KadeException 0A000 for one with a zone and one without, unless zones are allowed
     */
    OptionalInt compare(PathMoment other, boolean zoned, ZoneId zone) {
        if (!isComparable(other.type)) {
            return OptionalInt.empty();
        }
        boolean zones = type.hasZone() || other.type.hasZone();
        if (!zones) {
            return OptionalInt.of(Long.compare(micros, other.micros));
        }
        if (type.hasZone()) {
            other.checkZone(type, zoned);
        } else {
            checkZone(other.type, zoned);
        }
        PathMoment a = inZone(zone);
        PathMoment b = other.inZone(zone);
        int order = Long.compare(a.utcMicros(), b.utcMicros());
        return OptionalInt.of(order != 0 || !type.isTime() ? order : Integer.compare(b.offsetSeconds, a.offsetSeconds));
    }

    private PathMoment inZone(ZoneId zone) {
        if (type.hasZone()) {
            return this;
        }
        Type zonedType = type.isTime() ? Type.TIME_TZ : Type.TIMESTAMP_TZ;
        if (type.isTime()) {
            return new PathMoment(zonedType, micros, ZonesOfToday.offset(zone).getTotalSeconds());
        }
        long instant = Calendar.toInstant(micros, zone);
        ZoneOffset offset = Calendar.offset(instant, zone);
        return new PathMoment(zonedType, micros, offset.getTotalSeconds());
    }

    /**
     * The same as another type; empty if there is no such conversion.
     *
     * @throws KadeException 0A000 as {@link #compare}
     */
    java.util.Optional<PathMoment> as(Type to, boolean zoned, ZoneId zone) {
        if (type == to) {
            return java.util.Optional.of(this);
        }
        boolean fromDay = !type.isTime();
        boolean possible = to.isTime() ? type != Type.DATE : fromDay;
        if (!possible) {
            return java.util.Optional.empty();
        }
        checkZone(to, zoned);
        if (to.hasZone() && !type.hasZone()) {
            return java.util.Optional.of(inZone(zone));
        }
        long local = micros;
        if (!to.hasZone() && type == Type.TIMESTAMP_TZ) {
            local = Calendar.toLocal(utcMicros(), zone);
        }
        long within = Math.floorMod(local, Calendar.MICROS_PER_DAY);
        return java.util.Optional.of(
                switch (to) {
                    case DATE -> new PathMoment(to, local - within, 0);
                    case TIME -> new PathMoment(to, within, 0);
                    case TIME_TZ -> new PathMoment(to, within, offsetSeconds);
                    case TIMESTAMP, TIMESTAMP_TZ -> new PathMoment(to, local, to.hasZone() ? offsetSeconds : 0);
                });
    }

    /** What zones are now, for times without a date. */
    private static final class ZonesOfToday {
        static ZoneOffset offset(ZoneId zone) {
            return zone.getRules().getOffset(java.time.Instant.now());
        }
    }
}
