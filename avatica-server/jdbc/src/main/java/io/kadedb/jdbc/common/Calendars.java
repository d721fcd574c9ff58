package io.kadedb.jdbc.common;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Calendar;

/** JDBC's dates in a calendar's time zone as java.time's types, which have no zone to misread. */
public final class Calendars {
    private Calendars() {}

    public static LocalDate date(Date date, Calendar calendar) {
        return local(date.getTime(), calendar).toLocalDate();
    }

    public static LocalTime time(Time time, Calendar calendar) {
        return local(time.getTime(), calendar).toLocalTime();
    }

    public static LocalDateTime timestamp(Timestamp timestamp, Calendar calendar) {
        return LocalDateTime.ofInstant(
                timestamp.toInstant(), calendar.getTimeZone().toZoneId());
    }

    private static LocalDateTime local(long millis, Calendar calendar) {
        return LocalDateTime.ofInstant(
                Instant.ofEpochMilli(millis), calendar.getTimeZone().toZoneId());
    }
}
