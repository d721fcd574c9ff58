package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code to_date} and {@code to_timestamp}: reads a time as a pattern says. Made for one text. */
final class DateTimeReader {
    private final String text;
    private final List<DateTimePattern.Element> pattern;
    private final Map<String, Long> fields = new HashMap<>();
    private Optional<Boolean> afternoon = Optional.empty();
    private boolean beforeChrist;
    private Optional<ZoneOffset> offset = Optional.empty();
    private boolean fixed;
    private int at;

    private DateTimeReader(String text, List<DateTimePattern.Element> pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** A time, with its distance to UTC if it tells that. */
    record Read(LocalDateTime time, Optional<ZoneOffset> offset) {}

    /** @throws KadeException 22007, 22008 */
    static Read read(String text, List<DateTimePattern.Element> pattern) {
        DateTimeReader reader = new DateTimeReader(text, pattern);
        reader.readAll();
        try {
            return new Read(LocalDateTime.of(reader.date(), reader.time()).plusNanos(reader.nanos()), reader.offset);
        } catch (DateTimeException e) {
            throw reader.outOfRange();
        }
    }

    private KadeException outOfRange() {
        return KadeException.of(
                ErrorCode.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + text + "\"");
    }

    private KadeException invalid(String message) {
        return KadeException.of(ErrorCode.INVALID_DATETIME_FORMAT, message);
    }

    private void readAll() {
        for (int i = 0; i < pattern.size(); i++) {
            DateTimePattern.Element element = pattern.get(i);
            if (element.isField() && element.name().equals("FX")) {
                fixed = true;
                continue;
            }
            if (element.isField()) {
                if (!fixed) {
                    skipBlanks();
                }
                if (at >= text.length()) {
                    return;
                }
                field(element, i);
            } else {
                literal(element, i);
            }
            if (at >= text.length()) {
                return;
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void literal(DateTimePattern.Element element, int index) {
        if (fixed) {
            at++;
            return;
        }
        if (!element.quoted() && (element.isSeparator() || element.text().isBlank())) {
            skipBlanks();
            if (at < text.length() && isSeparator(text.charAt(at)) && !isSignOfZone(index)) {
                at++;
            }
            skipBlanks();
            return;
        }
        // Text stands for as many characters, whatever they are.
        if (at < text.length() && !element.quoted() && Character.isWhitespace(text.charAt(at))) {
            skipBlanks();
        }
        at = Math.min(text.length(), at + 1);
    }

    private boolean isSignOfZone(int index) {
        String next = index + 1 < pattern.size() ? pattern.get(index + 1).name() : "";
        char c = text.charAt(at);
        return (c == '+' || c == '-') && (next.startsWith("TZ") || next.equals("OF"));
    }

    private static boolean isSeparator(char c) {
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }

    private void field(DateTimePattern.Element e, int index) {
        switch (e.name()) {
            case "AM", "PM", "A.M.", "P.M." ->
                afternoon = Optional.of(word(List.of("am", "pm", "a.m.", "p.m.")) % 2 == 1);
            case "AD", "BC", "A.D.", "B.C." -> beforeChrist = word(List.of("ad", "bc", "a.d.", "b.c.")) % 2 == 1;
            case "MONTH", "MON" -> put("MM", month(e.name().equals("MONTH")) + 1L);
            case "DAY", "DY" -> put("D", weekday(e.name().equals("DAY")) + 1L);
            case "RM" -> put("MM", word(DateTimeText.ROMAN_MONTHS) + 1L);
            case "TZ", "OF", "TZH" -> zone(e);
            case "TZM" -> {
                long minutes = number(e, index, 2);
                int seconds = offset.orElse(ZoneOffset.UTC).getTotalSeconds();
                offset = Optional.of(ZoneOffset.ofTotalSeconds((int) (seconds + (seconds < 0 ? -60 : 60) * minutes)));
            }
            case "MS" -> fraction("MS", e, index, 3);
            case "US" -> fraction("US", e, index, 6);
            case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6" ->
                fraction("US", e, index, e.name().charAt(2) - '0');
            case "Y,YYY" -> {
                long thousands = digits(Integer.MAX_VALUE);
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                }
                put("YYYY", thousands * 1000 + digits(3));
            }
            case "YYYY", "YYY", "YY", "Y" -> year("YYYY", e, index);
            case "IYYY", "IYY", "IY", "I" -> year("IYYY", e, index);
            case "Q" -> {
                long _ = number(e, index, 1);
            }
            case "HH12" -> put("HH", number(e, index, 2));
            case "HH" -> put("HH", number(e, index, 2));
            case "SSSSS", "SSSS" -> put("SSSS", number(e, index, 5));
            case "DDD", "IDDD" -> put(e.name(), number(e, index, 3));
            case "J" -> put("J", number(e, index, 7));
            case "D", "ID", "W" -> put(e.name(), number(e, index, 1));
            default -> put(e.name(), number(e, index, 2));
        }
        if (!e.ordinal().isEmpty()) {
            at = Math.min(text.length(), at + 2);
        }
    }

    private void put(String name, long value) {
        Long before = fields.put(name, value);
        if (before != null && before != value) {
            throw invalid("conflicting values for \"" + name + "\" field in formatting string")
                    .detail("This value contradicts a previous setting for the same field type.");
        }
    }

    /** Reads digits: as many as the field has when the next follows at once, else all there are. */
    private long number(DateTimePattern.Element e, int index, int width) {
        boolean alone = e.fill() || isFollowedBySeparator(index);
        int start = at;
        boolean negative = alone && at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
        boolean minus = negative && text.charAt(at) == '-';
        at += negative ? 1 : 0;
        int from = at;
        long value = digits(alone ? Integer.MAX_VALUE : width);
        if (at == from) {
            throw invalid("invalid value \"" + text.substring(start, Math.min(text.length(), start + width))
                            + "\" for \"" + e.text() + "\"")
                    .detail("Value must be an integer.");
        }
        return minus ? -value : value;
    }

    private boolean isFollowedBySeparator(int index) {
        if (!pattern.get(index).ordinal().isEmpty() || index + 1 >= pattern.size()) {
            return true;
        }
        DateTimePattern.Element next = pattern.get(index + 1);
        return (!next.isField() && !Character.isDigit(next.text().charAt(0)))
                || (next.isField() && !isNumeric(next.name()));
    }

    private static boolean isNumeric(String name) {
        return switch (name) {
            case "AM",
                    "PM",
                    "A.M.",
                    "P.M.",
                    "AD",
                    "BC",
                    "A.D.",
                    "B.C.",
                    "MONTH",
                    "MON",
                    "DAY",
                    "DY",
                    "RM",
                    "TZ",
                    "OF" -> false;
            default -> true;
        };
    }

    private long digits(int most) {
        int from = at;
        long value = 0;
        while (at < text.length() && at - from < most && Character.digit(text.charAt(at), 10) >= 0) {
            value = value * 10 + Character.digit(text.charAt(at), 10);
            if (value > Integer.MAX_VALUE) {
                throw KadeException.of(
                        ErrorCode.DATETIME_FIELD_OVERFLOW, "a value of \"" + text + "\" is out of range");
            }
            at++;
        }
        return value;
    }

    private void fraction(String name, DateTimePattern.Element e, int index, int width) {
        int from = at;
        long value = number(e, index, width);
        int digits = at - from;
        long scaled = value;
        for (int i = digits; i < 6; i++) {
            scaled *= 10;
        }
        for (int i = digits; i > 6; i--) {
            scaled /= 10;
        }
        put(name, scaled);
    }

    private void year(String name, DateTimePattern.Element e, int index) {
        int width = e.name().length();
        int from = at;
        long value = number(e, index, width);
        int digits = at - from;
        if (width < 4 && digits < 4) {
            value = recent(value);
        }
        put(name, value);
    }

    /** The year next to 2020 that ends so. */
    private static long recent(long value) {
        if (value < 70) {
            return 2000 + value;
        }
        if (value < 100) {
            return 1900 + value;
        }
        return value < 520 ? 2000 + value : value < 1000 ? 1000 + value : value;
    }

    /** Which of the words stands here, whatever its letters' case. */
    private int word(List<String> words) {
        int best = -1;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (text.regionMatches(true, at, word, 0, word.length())
                    && (best < 0 || word.length() > words.get(best).length())) {
                best = i;
            }
        }
        if (best < 0) {
            String found = text.substring(at).split("\\s", 2)[0];
            throw invalid("invalid value \"" + found + "\" for \""
                            + words.getFirst().toUpperCase(Locale.ROOT) + "\"")
                    .detail("The given value did not match any of the allowed values for this field.");
        }
        at += words.get(best).length();
        return best;
    }

    private int month(boolean whole) {
        return word(whole ? DateTimeText.MONTHS : shortened(DateTimeText.MONTHS));
    }

    private int weekday(boolean whole) {
        return word(whole ? DateTimeText.DAYS : shortened(DateTimeText.DAYS));
    }

    private static List<String> shortened(List<String> names) {
        return names.stream().map(name -> name.substring(0, 3)).toList();
    }

    private void zone(DateTimePattern.Element e) {
        char c = text.charAt(at);
        boolean signed = c == '+' || c == '-' || c == ' ';
        if (e.name().equals("TZ") && !signed) {
            int from = at;
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            if (!(KadeZones.find(text.substring(from, at)) instanceof ZoneOffset named)) {
                throw invalid("invalid value \"" + text.substring(from, at) + "\" for \"TZ\"")
                        .detail("Time zone abbreviation is not recognized.");
            }
            offset = Optional.of(named);
            return;
        }
        at += signed ? 1 : 0;
        int sign = c == '-' ? -1 : 1;
        long hours = digits(2);
        long minutes = 0;
        if (!e.name().equals("TZH") && at < text.length() && text.charAt(at) == ':') {
            at++;
            minutes = digits(2);
        }
        offset = Optional.of(ZoneOffset.ofTotalSeconds((int) (sign * (hours * 3600 + minutes * 60))));
    }

    private OptionalLong given(String name) {
        Long value = fields.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private int value(String name, int otherwise) {
        return Math.toIntExact(given(name).orElse(otherwise));
    }

    private LocalTime time() {
        if (fields.containsKey("SSSS")) {
            return LocalTime.ofSecondOfDay(value("SSSS", 0));
        }
        int hour = value("HH24", 0);
        if (fields.containsKey("HH") && !fields.containsKey("HH24")) {
            int clock = value("HH", 12);
            if (clock < 1 || clock > 12) {
                throw invalid("hour \"" + clock + "\" is invalid for the 12-hour clock")
                        .hint("Use the 24-hour clock, or give an hour between 1 and 12.");
            }
            hour = clock;
            if (afternoon.isPresent()) {
                hour = clock % 12 + (afternoon.get() ? 12 : 0);
            }
        }
        return LocalTime.of(hour, value("MI", 0), value("SS", 0));
    }

    private long nanos() {
        return (given("MS").orElse(0) + given("US").orElse(0)) * 1_000;
    }

    private LocalDate date() {
        if (fields.containsKey("J")) {
            return LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, value("J", 0));
        }
        if (fields.containsKey("IYYY") || fields.containsKey("IW") || fields.containsKey("IDDD")) {
            return isoDate();
        }
        LocalDate first = LocalDate.of(year(), 1, 1);
        if (fields.containsKey("DDD")) {
            int day = value("DDD", 1);
            if (day < 1 || day > first.lengthOfYear()) {
                throw outOfRange();
            }
            return fields.containsKey("MM") ? month(first) : first.plusDays(day - 1L);
        }
        if (fields.containsKey("WW")) {
            int week = value("WW", 1);
            if (week < 1 || week > 53) {
                throw outOfRange();
            }
            return first.plusDays(7L * (week - 1));
        }
        return month(first);
    }

    private LocalDate month(LocalDate first) {
        LocalDate month = LocalDate.of(first.getYear(), value("MM", 1), 1);
        if (fields.containsKey("W") && !fields.containsKey("DD")) {
            return month.plusDays(7L * (value("W", 1) - 1));
        }
        return LocalDate.of(month.getYear(), month.getMonthValue(), value("DD", 1));
    }

    private int year() {
        int given = value("YYYY", Integer.MIN_VALUE);
        if (fields.containsKey("CC")) {
            int century = value("CC", 0);
            if (given == Integer.MIN_VALUE) {
                given = (century - 1) * 100 + 1;
            } else if (given % 100 == 0) {
                given = century * 100;
            } else {
                given = (century - 1) * 100 + given % 100;
            }
        }
        if (given == Integer.MIN_VALUE) {
            // No year is the year before the first.
            return 0;
        }
        int counted = beforeChrist ? -given : given;
        return counted < 0 ? counted + 1 : counted;
    }

    private LocalDate isoDate() {
        int year = value("IYYY", 1);
        LocalDate monday = LocalDate.of(year, 1, 4)
                .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1)
                .with(DayOfWeek.MONDAY);
        if (fields.containsKey("IDDD")) {
            return monday.plusDays(value("IDDD", 1) - 1L);
        }
        int day = fields.containsKey("ID") ? value("ID", 1) : fields.containsKey("D") ? (value("D", 2) + 5) % 7 + 1 : 1;
        int week = value("IW", 1);
        if (week < 1 || week > 53) {
            throw outOfRange();
        }
        return monday.plusDays(7L * (week - 1) + day - 1);
    }
}
