package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates, times and timestamps: ISO 8601, month names, and month/day/year with slashes (DateStyle MDY); a zone as
 * offset or name. For one text.
 */
final class DateTimeParser {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Pattern ISO_DATE = Pattern.compile("(\\d{1,7})[-/.](\\d{1,2})[-/.](\\d{1,2})");
    private static final Pattern COMPACT_DATE = Pattern.compile("(\\d{4,7})(\\d{2})(\\d{2})");
    private static final Pattern US_DATE = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4,7})");
    private static final Pattern NAMED_DATE =
            Pattern.compile("(?:(?<day>\\d{1,2})[-. ](?<month>[a-z]{3,9})[-. ,] ?(?<year>\\d{4,7})"
                    + "|(?<month2>[a-z]{3,9})[-. ]+(?<day2>\\d{1,2})(?:st|nd|rd|th)?,? +(?<year2>\\d{4,7})"
                    + "|(?<year3>\\d{4,7})[- ](?<month3>[a-z]{3,9})[- ](?<day3>\\d{1,2}))");
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.,](\\d*))?)? ?(am|pm)?");
    private static final Pattern COMPACT_TIME = Pattern.compile("(\\d{2})(\\d{2})(\\d{2})(?:\\.(\\d*))?( ?)(am|pm)?");
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,2})(?::?(\\d{2}))?(?::?(\\d{2}))?");

    private final String text;
    private final SqlType type;
    private final ZoneId sessionZone;
    private String rest;

    DateTimeParser(String text, SqlType type, ZoneId sessionZone) {
        this.text = text;
        this.type = type;
        this.sessionZone = sessionZone;
        this.rest = text.strip().toLowerCase(Locale.ROOT);
    }

    long parse() {
        if (rest.equals("epoch") && type.id() != TypeId.TIME) {
            return 0;
        }
        Optional<Long> infinite = InfiniteTimes.named(type.id(), rest);
        if (infinite.isPresent()) {
            return infinite.get();
        }
        if (type.id() == TypeId.TIME) {
            return parseTimeOnly();
        }
        long days = takeDate();
        long micros = rest.isEmpty() ? 0 : takeTime();
        boolean bc = takeEra();
        ZoneId zone = takeZone();
        if (takeEra() || bc) {
            LocalDate date = Calendar.date(days);
            days = build(1 - date.getYear(), date.getMonthValue(), date.getDayOfMonth());
        }
        if (!rest.isEmpty()) {
            throw invalid();
        }
        return switch (type.id()) {
            case DATE -> checkDate(days);
            case TIMESTAMP -> Calendar.round(Calendar.micros(days, micros), type);
            default ->
                Calendar.toInstant(
                        Calendar.round(Calendar.micros(days, micros), type), zone == null ? sessionZone : zone);
        };
    }

    private long checkDate(long days) {
        return Calendar.checkDate(days);
    }

    private long parseTimeOnly() {
        Matcher date = ISO_DATE.matcher(rest);
        if (date.lookingAt() && date.end() < rest.length()) {
            takeDate();
        }
        long micros = takeTime();
        takeZone();
        if (!rest.isEmpty()) {
            throw invalid();
        }
        return Calendar.round(micros, type);
    }

    private RuntimeException invalid() {
        return Failures.invalidText(type, text);
    }

    private void take(Matcher matcher) {
        rest = rest.substring(matcher.end()).stripLeading();
    }

    private long takeDate() {
        Matcher match = US_DATE.matcher(rest);
        if (match.lookingAt()) {
            take(match);
            return build(number(match.group(3)), number(match.group(1)), number(match.group(2)));
        }
        match = ISO_DATE.matcher(rest);
        if (match.lookingAt()) {
            // Two digits first are a month in DateStyle MDY: 01-02-2020.
            if (match.group(1).length() <= 2) {
                Matcher us = Pattern.compile("(\\d{1,2})[-.](\\d{1,2})[-.](\\d{4,7})")
                        .matcher(rest);
                if (!us.lookingAt()) {
                    throw invalid();
                }
                take(us);
                return build(number(us.group(3)), number(us.group(1)), number(us.group(2)));
            }
            take(match);
            skipT();
            return build(number(match.group(1)), number(match.group(2)), number(match.group(3)));
        }
        match = NAMED_DATE.matcher(rest);
        if (match.lookingAt()) {
            take(match);
            String which = match.group("month") != null ? "" : match.group("month2") != null ? "2" : "3";
            return build(
                    number(match.group("year" + which)),
                    month(match.group("month" + which)),
                    number(match.group("day" + which)));
        }
        match = COMPACT_DATE.matcher(rest);
        if (match.lookingAt()) {
            take(match);
            skipT();
            return build(number(match.group(1)), number(match.group(2)), number(match.group(3)));
        }
        throw invalid();
    }

    private void skipT() {
        if (rest.length() > 1 && rest.charAt(0) == 't' && Character.isDigit(rest.charAt(1))) {
            rest = rest.substring(1);
        }
    }

    private int month(String name) {
        int month = name.length() < 3 ? -1 : MONTHS.indexOf(name.substring(0, 3));
        String full = month < 0 ? "" : java.time.Month.of(month + 1).name().toLowerCase(Locale.ROOT);
        if (month < 0 || (!full.startsWith(name) && !name.equals("sept"))) {
            throw invalid();
        }
        return month + 1;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private long build(int year, int month, int day) {
        try {
            if (year == 0 && !text.toLowerCase(Locale.ROOT).contains("bc")) {
                throw Failures.dateFieldOutOfRange(text);
            }
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw Failures.dateFieldOutOfRange(text);
        }
    }

    private long takeTime() {
        Matcher match = TIME.matcher(rest);
        if (!match.lookingAt()) {
            match = COMPACT_TIME.matcher(rest);
            if (!match.lookingAt()) {
                if (type.id() != TypeId.TIME) {
                    return 0;
                }
                throw invalid();
            }
            take(match);
            return micros(match.group(1), match.group(2), match.group(3), match.group(4), match.group(6));
        }
        take(match);
        return micros(match.group(1), match.group(2), match.group(3), match.group(4), match.group(5));
    }

    private long micros(
            String hours, String minutes, @Nullable String seconds, @Nullable String fraction, @Nullable String half) {
        int hour = number(hours);
        int minute = number(minutes);
        int second = seconds == null ? 0 : number(seconds);
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw Failures.dateFieldOutOfRange(text);
            }
            hour = hour % 12 + (half.equals("pm") ? 12 : 0);
        }
        long micros = fraction == null || fraction.isEmpty() ? 0 : fraction(fraction);
        boolean midnight = hour == 24 && minute == 0 && second == 0 && micros == 0;
        if ((hour > 23 && !midnight) || minute > 59 || second > 60) {
            throw Failures.dateFieldOutOfRange(text);
        }
        return ((hour * 60L + minute) * 60 + second) * Calendar.MICROS_PER_SECOND + micros;
    }

    /** Microseconds of the digits after the point, rounded. */
    static long fraction(String digits) {
        String padded = (digits + "0000000").substring(0, 7);
        return (Long.parseLong(padded) + 5) / 10;
    }

    private boolean takeEra() {
        boolean bc = rest.startsWith("bc");
        if (bc || rest.startsWith("ad")) {
            rest = rest.substring(2).stripLeading();
        }
        return bc;
    }

    private @Nullable ZoneId takeZone() {
        if (rest.isEmpty() || rest.startsWith("bc") || rest.startsWith("ad")) {
            return null;
        }
        Matcher match = OFFSET.matcher(rest);
        if (match.lookingAt()) {
            take(match);
            int hours = number(match.group(2));
            int minutes = match.group(3) == null ? 0 : number(match.group(3));
            int seconds = match.group(4) == null ? 0 : number(match.group(4));
            if (hours > 15 || minutes > 59 || seconds > 59) {
                throw KadeZones.displacementOutOfRange(text);
            }
            int total = hours * 3600 + minutes * 60 + seconds;
            return ZoneOffset.ofTotalSeconds(match.group(1).equals("-") ? -total : total);
        }
        int end = rest.indexOf(' ');
        String name = end < 0 ? rest : rest.substring(0, end);
        ZoneId zone = KadeZones.find(name);
        if (zone == null) {
            throw invalid();
        }
        rest = rest.substring(name.length()).stripLeading();
        return zone;
    }
}
