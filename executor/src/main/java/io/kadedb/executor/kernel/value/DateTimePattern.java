package io.kadedb.executor.kernel.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A pattern of {@code to_char}, {@code to_date} and {@code to_timestamp}, cut into fields and text (PostgreSQL manual, 9.8). */
final class DateTimePattern {
    /** Names whose letters tell how what they stand for is written, in all the ways they are. */
    private static final List<String> WORDS = List.of(
            "MONTH", "Month", "month", "MON", "Mon", "mon", "DAY", "Day", "day", "DY", "Dy", "dy", "RM", "rm", "AD",
            "ad", "A.D.", "a.d.", "BC", "bc", "B.C.", "b.c.", "AM", "am", "A.M.", "a.m.", "PM", "pm", "P.M.", "p.m.",
            "TZ", "tz");

    private static final List<String> NUMBERS = List.of(
            "HH24", "HH12", "HH", "MI", "SSSSS", "SSSS", "SS", "MS", "US", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6",
            "TZH", "TZM", "OF", "Y,YYY", "YYYY", "YYY", "YY", "Y", "IYYY", "IYY", "IY", "I", "CC", "J", "Q", "MM", "WW",
            "W", "IW", "DDD", "IDDD", "DD", "D", "ID", "FX");

    /** All names, longer ones first. */
    private static final List<String> NAMES = Stream.of(
                    WORDS.stream(), NUMBERS.stream(), NUMBERS.stream().map(name -> name.toLowerCase(Locale.ROOT)))
            .flatMap(names -> names)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();

    /**
     * A field or text.
     *
     * @param name as {@link #NUMBERS} or {@link #WORDS} have it, in upper case; empty for text
     * @param text as it was written, without quotes
     * @param fill whether it is written without blanks and zeros in front (FM)
     * @param ordinal the ending of ordinal numbers, as it was written; empty for none
     * @param quoted whether it is text in quotes
     */
    record Element(String name, String text, boolean fill, String ordinal, boolean quoted) {
        boolean isField() {
            return !name.isEmpty();
        }

        /** Whether the text is neither a letter nor a digit. */
        boolean isSeparator() {
            return !isField() && !text.isEmpty() && !Character.isLetterOrDigit(text.charAt(0));
        }

        boolean isUpper() {
            return text.equals(text.toUpperCase(Locale.ROOT));
        }

        boolean isLower() {
            return text.equals(text.toLowerCase(Locale.ROOT));
        }
    }

    private DateTimePattern() {}

    static List<Element> of(String text) {
        List<Element> elements = new ArrayList<>();
        boolean fill = false;
        for (int at = 0; at < text.length(); ) {
            String prefix = at + 2 <= text.length() ? text.substring(at, at + 2).toUpperCase(Locale.ROOT) : "";
            if (prefix.equals("FM") || prefix.equals("TM")) {
                fill = true;
                at += 2;
                continue;
            }
            String name = name(text, at);
            if (!name.isEmpty()) {
                at += name.length();
                String ending = at + 2 <= text.length() ? text.substring(at, at + 2) : "";
                boolean ordinal = ending.equals("TH") || ending.equals("th");
                at += ordinal ? 2 : 0;
                elements.add(new Element(name.toUpperCase(Locale.ROOT), name, fill, ordinal ? ending : "", false));
            } else if (text.charAt(at) == '"') {
                at = quoted(text, at + 1, elements);
            } else {
                if (text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    at++;
                }
                int end = text.offsetByCodePoints(at, 1);
                elements.add(new Element("", text.substring(at, end), false, "", false));
                at = end;
            }
            fill = false;
        }
        return elements;
    }

    private static String name(String text, int at) {
        for (String name : NAMES) {
            if (text.startsWith(name, at)) {
                return name;
            }
        }
        return "";
    }

    private static int quoted(String text, int from, List<Element> elements) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            int end = text.offsetByCodePoints(at, 1);
            elements.add(new Element("", text.substring(at, end), false, "", true));
            at = end;
        }
        return at + 1;
    }
}
