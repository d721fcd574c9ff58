package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of {@code to_char} and {@code to_number} for numbers, cut into its elements (PostgreSQL manual, 9.8, table
 * 9.31).
 */
final class NumberPattern {
    /** What an element stands for. */
    enum Kind {
        /** {@code 9}: a digit, without zeros in front. */
        DIGIT,
        /** {@code 0}: a digit, zeros too. */
        ZERO,
        /** {@code .} and {@code D}. */
        POINT,
        /** {@code ,} and {@code G}. */
        GROUP,
        /** {@code L}: a currency symbol, of which the C locale has none. */
        CURRENCY,
        /** {@code S}: the sign, anchored to the number. */
        SIGN,
        /** {@code MI}: a minus sign for numbers below zero. */
        MINUS,
        /** {@code PL}: a plus sign for numbers above. */
        PLUS,
        /** {@code SG}: either sign. */
        EITHER,
        /** {@code PR}: numbers below zero in angle brackets. */
        BRACKETS,
        /** {@code RN}: a Roman numeral. */
        ROMAN,
        /** {@code TH}: the ending of an ordinal number. */
        ORDINAL,
        /** {@code V}: digits behind it shift the point. */
        SHIFT,
        /** {@code EEEE}: scientific notation. */
        EXPONENT,
        /** Text that stands for itself. */
        TEXT
    }

    /** @param text as it was written, without quotes */
    record Element(Kind kind, String text) {}

    private final List<Element> elements = new ArrayList<>();
    private boolean fill;
    private int before;
    private int behind;
    private int shift;
    /** Which digit place has the first zero, from 0; -1 for none. */
    private int firstZero = -1;
    /** Digit places up to the last zero. */
    private int lastZero;

    private boolean point;
    private boolean shifts;
    private boolean leadingSign;
    private boolean trailingSign;
    private boolean minus;
    private boolean plus;
    private boolean brackets;
    private boolean roman;
    private boolean exponent;
    private int digitsAtSign;

    private NumberPattern() {}

    /** @throws KadeException 42601 for elements that do not go together */
    static NumberPattern of(String text) {
        NumberPattern pattern = new NumberPattern();
        for (int at = 0; at < text.length(); ) {
            at = pattern.read(text, at);
        }
        if (pattern.leadingSign && pattern.digitsAtSign == pattern.before) {
            // Behind all digits, the sign is written there.
            pattern.leadingSign = false;
            pattern.trailingSign = true;
        }
        return pattern;
    }

    private int read(String text, int at) {
        char c = text.charAt(at);
        if (c == '"') {
            return quoted(text, at + 1);
        }
        if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
            add(Kind.TEXT, "\"");
            return at + 2;
        }
        String four = next(text, at, 4);
        String two = next(text, at, 2);
        if (four.equals("EEEE")) {
            exponent = true;
            check(!fill && !brackets && !plus && !minus && !leadingSign && !trailingSign && !roman && !shifts, "EEEE");
            add(Kind.EXPONENT, four);
            return at + 4;
        }
        switch (two) {
            case "FM" -> fill = true;
            case "MI" -> {
                check(!leadingSign && !trailingSign, "MI");
                minus = true;
                add(Kind.MINUS, two);
            }
            case "PL" -> {
                check(!leadingSign && !trailingSign, "PL");
                plus = true;
                add(Kind.PLUS, two);
            }
            case "SG" -> {
                check(!leadingSign && !trailingSign, "SG");
                minus = true;
                plus = true;
                add(Kind.EITHER, two);
            }
            case "PR" -> {
                check(!leadingSign && !trailingSign && !plus && !minus, "PR");
                brackets = true;
                add(Kind.BRACKETS, two);
            }
            case "RN" -> {
                roman = true;
                add(Kind.ROMAN, text.substring(at, at + 2));
            }
            case "TH" -> add(Kind.ORDINAL, text.substring(at, at + 2));
            default -> {
                return single(text, at);
            }
        }
        return at + 2;
    }

    private static String next(String text, int at, int length) {
        return at + length > text.length()
                ? ""
                : text.substring(at, at + length).toUpperCase(Locale.ROOT);
    }

    private int quoted(String text, int from) {
        StringBuilder content = new StringBuilder();
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            content.append(text.charAt(at++));
        }
        add(Kind.TEXT, content.toString());
        return at + 1;
    }

    private int single(String text, int at) {
        char c = text.charAt(at);
        switch (Character.toUpperCase(c)) {
            case '9' -> {
                check(!brackets, "9");
                digit();
                add(Kind.DIGIT, "9");
            }
            case '0' -> {
                check(!brackets, "0");
                if (firstZero < 0 && !point) {
                    firstZero = before;
                }
                digit();
                lastZero = before + behind;
                add(Kind.ZERO, "0");
            }
            case '.', 'D' -> {
                check(!point, "decimal point");
                check(!shifts, "V");
                point = true;
                add(Kind.POINT, ".");
            }
            case ',', 'G' -> add(Kind.GROUP, ",");
            // Blanks for zero: PostgreSQL reads it, and does no more.
            case 'B' -> {}
            case 'L' -> add(Kind.CURRENCY, "L");
            case 'S' -> {
                check(!leadingSign && !trailingSign && !plus && !minus && !brackets, "S");
                if (point) {
                    trailingSign = true;
                } else {
                    leadingSign = true;
                    digitsAtSign = before;
                }
                add(Kind.SIGN, "S");
            }
            case 'V' -> {
                check(!point, "V");
                shifts = true;
                add(Kind.SHIFT, "V");
            }
            default -> {
                int end = text.offsetByCodePoints(at, 1);
                add(Kind.TEXT, text.substring(at, end));
                return end;
            }
        }
        return at + 1;
    }

    private void digit() {
        if (shifts) {
            shift++;
        } else if (point) {
            behind++;
        } else {
            before++;
        }
    }

    private void add(Kind kind, String text) {
        elements.add(new Element(kind, text));
    }

    private static void check(boolean condition, String element) {
        if (!condition) {
            throw KadeException.of(
                    ErrorCode.SYNTAX_ERROR,
                    "the number format has \"" + element + "\" twice, or beside what it does not go together with");
        }
    }

    List<Element> elements() {
        return elements;
    }

    boolean fill() {
        return fill;
    }

    /** Digits before the point. */
    int before() {
        return before;
    }

    int behind() {
        return behind;
    }

    /** Digits behind {@code V}. */
    int shift() {
        return shift;
    }

    int firstZero() {
        return firstZero;
    }

    int lastZero() {
        return lastZero;
    }

    boolean hasPoint() {
        return point;
    }

    boolean shifts() {
        return shifts;
    }

    boolean leadingSign() {
        return leadingSign;
    }

    boolean trailingSign() {
        return trailingSign;
    }

    boolean minus() {
        return minus;
    }

    boolean plus() {
        return plus;
    }

    boolean brackets() {
        return brackets;
    }

    boolean roman() {
        return roman;
    }

    boolean exponent() {
        return exponent;
    }
}
