package io.kadedb.parser;

import java.util.Optional;

/** Units of intervals, from small to large. */
enum IntervalUnit {
    MICROSECOND(0, 0, 1L, "microsecond", "microseconds", "us", "usec", "usecs"),
    MILLISECOND(0, 0, 1_000L, "millisecond", "milliseconds", "ms", "msec", "msecs"),
    SECOND(0, 0, 1_000_000L, "second", "seconds", "sec", "secs", "s"),
    MINUTE(0, 0, 60_000_000L, "minute", "minutes", "min", "mins"),
    HOUR(0, 0, 3_600_000_000L, "hour", "hours", "hr", "hrs", "h"),
    DAY(0, 1, 0L, "day", "days", "d"),
    WEEK(0, 7, 0L, "week", "weeks", "w"),
    MONTH(1, 0, 0L, "month", "months", "mon", "mons"),
    QUARTER(3, 0, 0L, "quarter", "quarters"),
    YEAR(12, 0, 0L, "year", "years", "yr", "yrs", "y"),
    DECADE(120, 0, 0L, "decade", "decades"),
    CENTURY(1200, 0, 0L, "century", "centuries"),
    MILLENNIUM(12000, 0, 0L, "millennium", "millenniums", "millennia");

    private final int months;
    private final int days;
    private final long micros;
    /** With a blank before and after each. */
    private final String names;

    IntervalUnit(int months, int days, long micros, String... names) {
        this.months = months;
        this.days = days;
        this.micros = micros;
        this.names = " " + String.join(" ", names) + " ";
    }

    static Optional<IntervalUnit> find(String name) {
        for (IntervalUnit unit : values()) {
            if (unit.names.contains(" " + name + " ")) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    int months() {
        return months;
    }

    int days() {
        return days;
    }

    long micros() {
        return micros;
    }
}
