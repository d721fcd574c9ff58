package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Locale;

/** {@code to_char} of times and intervals. Made for one value. */
final class DateTimeText {
    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
    static final List<String> ROMAN_MONTHS =
            List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");
    /** {@code Month} and {@code Day} are filled up to the longest name. */
    private static final int NAME_WIDTH = 9;

    private static final int ROMAN_WIDTH = 4;

    private final StringBuilder out = new StringBuilder();
    private final boolean interval;
    private final long year;
    private final long month;
    private final long day;
    private final long hour;
    private final long minute;
    private final long second;
    private final long micros;
    /** The date; that of an interval means nothing. */
    private final LocalDate date;

    private final int offsetSeconds;
    private final String zone;

    private DateTimeText(LocalDateTime time, int offsetSeconds, String zone) {
        this.interval = false;
        this.date = time.toLocalDate();
        this.year = time.getYear();
        this.month = time.getMonthValue();
        this.day = time.getDayOfMonth();
        this.hour = time.getHour();
        this.minute = time.getMinute();
        this.second = time.getSecond();
        this.micros = time.getNano() / 1_000;
        this.offsetSeconds = offsetSeconds;
        this.zone = zone;
    }

    private DateTimeText(Interval value) {
        this.interval = true;
        this.date = LocalDate.EPOCH;
        this.year = value.months() / 12;
        this.month = value.months() % 12;
        this.day = value.days();
        long seconds = value.micros() / 1_000_000;
        this.hour = seconds / 3600;
        this.minute = seconds / 60 % 60;
        this.second = seconds % 60;
        this.micros = value.micros() % 1_000_000;
        this.offsetSeconds = 0;
        this.zone = "";
    }

    /** A time that has no zone, or that is shown in none. */
    static String ofLocal(long micros, List<DateTimePattern.Element> pattern) {
        return new DateTimeText(Calendar.dateTime(micros), 0, "").text(pattern);
    }

    static String ofInstant(long micros, ZoneId zone, List<DateTimePattern.Element> pattern) {
        LocalDateTime local = Calendar.dateTime(Calendar.toLocal(micros, zone));
        ZoneOffset offset = Calendar.offset(micros, zone);
        String name = zone instanceof ZoneOffset
                ? offset.getId().equals("Z") ? "UTC" : offset.getId()
                : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                        .format(local.atOffset(offset).atZoneSameInstant(zone));
        return new DateTimeText(local, offset.getTotalSeconds(), name).text(pattern);
    }

    static String ofInterval(Interval value, List<DateTimePattern.Element> pattern) {
        return new DateTimeText(value).text(pattern);
    }

    private String text(List<DateTimePattern.Element> pattern) {
        for (DateTimePattern.Element element : pattern) {
            if (element.isField()) {
                field(element);
            } else {
                out.append(element.text());
            }
        }
        return out.toString();
    }

    private void field(DateTimePattern.Element e) {
        long clock = hour % 12 == 0 ? 12 : hour % 12;
        switch (e.name()) {
            case "HH", "HH12" -> number(e, hour == 0 || hour % 12 == 0 ? 12 : clock, hour >= 0 ? 2 : 3);
            case "HH24" -> number(e, hour, hour >= 0 ? 2 : 3);
            case "MI" -> number(e, minute, minute >= 0 ? 2 : 3);
            case "SS" -> number(e, second, second >= 0 ? 2 : 3);
            case "MS" -> fraction(e, micros / 1_000, 3);
            case "US" -> fraction(e, micros, 6);
            case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6" -> {
                int digits = e.name().charAt(2) - '0';
                fraction(e, micros / Math.round(Math.pow(10, 6 - digits)), digits);
            }
            case "SSSS", "SSSSS" -> number(e, hour * 3600 + minute * 60 + second, 0);
            case "AM", "PM" -> out.append(cased(e, hour % 24 >= 12 ? "PM" : "AM"));
            case "A.M.", "P.M." -> out.append(cased(e, hour % 24 >= 12 ? "P.M." : "A.M."));
            case "TZ", "TZH", "TZM", "OF" -> zone(e);
            case "AD", "BC" -> out.append(cased(date(e), year > 0 ? "AD" : "BC"));
            case "A.D.", "B.C." -> out.append(cased(date(e), year > 0 ? "A.D." : "B.C."));
            case "MONTH" -> name(e, MONTHS.get(date.getMonthValue() - 1), NAME_WIDTH);
            case "MON" -> name(e, MONTHS.get(date.getMonthValue() - 1).substring(0, 3), 0);
            case "MM" -> number(e, month, month >= 0 ? 2 : 3);
            case "DAY" -> name(e, DAYS.get(date.getDayOfWeek().getValue() % 7), NAME_WIDTH);
            case "DY" -> name(e, DAYS.get(date.getDayOfWeek().getValue() % 7).substring(0, 3), 0);
            default -> calendar(e);
        }
    }

    private void calendar(DateTimePattern.Element e) {
        long dayOfYear = interval ? (year * 12 + month) * 30 + day : date.getDayOfYear();
        switch (e.name()) {
            case "DDD" -> number(e, dayOfYear, 3);
            case "IDDD" ->
                number(date(e), (isoWeek() - 1) * 7L + date.getDayOfWeek().getValue(), 3);
            case "DD" -> number(e, day, 2);
            case "D" -> number(date(e), date.getDayOfWeek().getValue() % 7 + 1L, 0);
            case "ID" -> number(date(e), date.getDayOfWeek().getValue(), 0);
            case "WW" -> number(e, (dayOfYear - 1) / 7 + 1, 2);
            case "IW" -> number(date(e), isoWeek(), 2);
            case "W" -> number(e, (day - 1) / 7 + 1, 0);
            case "Q" -> {
                if (month != 0) {
                    number(e, (month - 1) / 3 + 1, 0);
                }
            }
            case "CC" -> {
                long century = interval ? year / 100 : year > 0 ? (year - 1) / 100 + 1 : year / 100 - 1;
                number(e, century, Math.abs(century) > 99 ? 0 : century >= 0 ? 2 : 3);
            }
            case "J" -> number(e, date.getLong(JulianFields.JULIAN_DAY), 0);
            case "RM" -> roman(e);
            default -> year(e);
        }
    }

    private int isoWeek() {
        return date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    private void year(DateTimePattern.Element e) {
        long counted = e.name().startsWith("I") ? date.get(IsoFields.WEEK_BASED_YEAR) : year;
        long shown = interval || counted > 0 ? counted : 1 - counted;
        switch (e.name()) {
            case "Y,YYY" -> ordinal(e, String.format(Locale.ROOT, "%d,%03d", shown / 1000, shown % 1000), shown);
            case "YYYY", "IYYY" -> number(e, shown, shown >= 0 ? 4 : 5);
            case "YYY", "IYY" -> number(e, shown % 1000, shown >= 0 ? 3 : 4);
            case "YY", "IY" -> number(e, shown % 100, shown >= 0 ? 2 : 3);
            case "Y", "I" -> number(e, shown % 10, 1);
            default -> {}
        }
    }

    /** Says that a field is one of dates, not of intervals. */
    private DateTimePattern.Element date(DateTimePattern.Element e) {
        if (interval) {
            throw KadeException.of(
                            ErrorCode.INVALID_DATETIME_FORMAT, "invalid format specification for an interval value")
                    .hint("Intervals are not tied to specific calendar dates.");
        }
        return e;
    }

    private void roman(DateTimePattern.Element e) {
        if (month == 0 && year == 0) {
            return;
        }
        String numeral = month == 0 ? "XII" : ROMAN_MONTHS.get((int) Math.abs(month < 0 ? month + 12 : month) - 1);
        String cased = cased(e, numeral);
        out.append(cased);
        if (!e.fill()) {
            out.append(" ".repeat(Math.max(0, ROMAN_WIDTH - cased.length())));
        }
    }

    private void zone(DateTimePattern.Element e) {
        DateTimePattern.Element checked = date(e);
        char sign = offsetSeconds < 0 ? '-' : '+';
        long hours = Math.abs(offsetSeconds) / 3600;
        long minutes = Math.abs(offsetSeconds) / 60 % 60;
        switch (checked.name()) {
            case "TZ" -> out.append(e.isLower() ? zone.toLowerCase(Locale.ROOT) : zone);
            case "TZH" -> out.append(sign).append(padded(hours, 2));
            case "TZM" -> out.append(padded(minutes, 2));
            default -> {
                out.append(sign).append(padded(hours, e.fill() ? 0 : 2));
                if (minutes != 0) {
                    out.append(':').append(padded(minutes, 2));
                }
            }
        }
    }

    private static String cased(DateTimePattern.Element e, String text) {
        return e.isUpper() ? text : text.toLowerCase(Locale.ROOT);
    }

    private void name(DateTimePattern.Element e, String name, int width) {
        String cased =
                date(e).isUpper() ? name.toUpperCase(Locale.ROOT) : e.isLower() ? name.toLowerCase(Locale.ROOT) : name;
        out.append(cased);
        if (!e.fill()) {
            out.append(" ".repeat(Math.max(0, width - cased.length())));
        }
    }

    private void fraction(DateTimePattern.Element e, long value, int digits) {
        ordinal(e, padded(value, digits), value);
    }

    private void number(DateTimePattern.Element e, long value, int width) {
        ordinal(e, padded(value, e.fill() ? 0 : width), value);
    }

    private void ordinal(DateTimePattern.Element e, String text, long value) {
        out.append(text);
        if (!e.ordinal().isEmpty()) {
            long last = Math.abs(value % 10);
            boolean teen = Math.abs(value / 10 % 10) == 1;
            String ending = teen ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
            out.append(e.ordinal().equals("TH") ? ending.toUpperCase(Locale.ROOT) : ending);
        }
    }

    /** With zeros in front up to a width, of which a sign is a part. */
    private static String padded(long value, int width) {
        return width == 0 ? Long.toString(value) : String.format(Locale.ROOT, "%0" + width + "d", value);
    }
}
