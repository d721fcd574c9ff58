package io.kadedb.executor.kernel.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** {@code to_char} of numbers. Made for one value. */
final class NumberText {
    private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final String[] ROMAN = {"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};
    private static final int ROMAN_WIDTH = 15;

    private final NumberPattern pattern;
    private final StringBuilder out = new StringBuilder();
    /** Digits with their point, without a sign. */
    private final String number;

    private final boolean negative;
    /** Digits behind the point, which doubles have less of than the pattern may say. */
    private final int behind;
    /** Places that have no digit. */
    private final int blanks;
    /** Where the last digit is that is written though zeros at the end are not; -1 where all are. */
    private final int lastRelevant;

    private final int places;
    private boolean signWritten;
    private boolean brackets;
    private boolean inNumber;
    private int place;
    private int at;

    private NumberText(NumberPattern pattern, String digits, boolean negative) {
        this.pattern = pattern;
        this.negative = negative;
        int point = digits.indexOf('.');
        int length = point < 0 ? digits.length() : point;
        this.behind = point < 0 ? 0 : digits.length() - point - 1;
        int before = pattern.before() + pattern.shift();
        if (length > before) {
            this.number = "#".repeat(before) + "." + "#".repeat(behind);
            this.blanks = 0;
        } else {
            this.number = digits;
            this.blanks = before - length;
        }
        this.lastRelevant = pattern.fill() && pattern.hasPoint() ? lastRelevant() : -1;
        this.brackets = pattern.brackets();
        boolean signed = pattern.leadingSign() || pattern.trailingSign();
        if (pattern.plus() || pattern.minus()) {
            signWritten = !(pattern.plus() && !pattern.minus());
        } else {
            brackets &= negative || !pattern.fill();
            signWritten = !negative && pattern.fill() && !signed;
        }
        this.places = behind + before - 1 + (!signWritten && blanks == 0 ? 1 : 0);
    }

    /** The value rounded as the pattern says, as text. */
    static String of(BigDecimal value, NumberPattern pattern, RoundingMode rounding) {
        if (pattern.exponent()) {
            return exponential(value, pattern, rounding);
        }
        if (pattern.roman()) {
            return new NumberText(pattern, "0", false).roman(value.setScale(0, rounding));
        }
        BigDecimal shown = value.scaleByPowerOfTen(pattern.shift()).setScale(pattern.behind(), rounding);
        return new NumberText(pattern, shown.abs().toPlainString(), shown.signum() < 0).text();
    }

    /** A double, which has 15 digits that mean something. */
    static String of(double value, NumberPattern pattern, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value, pattern);
        }
        BigDecimal exact = new BigDecimal(value);
        if (pattern.exponent() || pattern.roman()) {
            return of(exact, pattern, RoundingMode.HALF_EVEN);
        }
        BigDecimal shifted = exact.scaleByPowerOfTen(pattern.shift());
        int before = shifted.abs()
                .setScale(0, RoundingMode.HALF_EVEN)
                .toPlainString()
                .length();
        int behind = Math.max(0, Math.min(pattern.behind(), digits - before));
        BigDecimal shown = shifted.setScale(behind, RoundingMode.HALF_EVEN);
        return new NumberText(pattern, shown.abs().toPlainString(), shown.signum() < 0).text();
    }

    private static String special(double value, NumberPattern pattern) {
        String hashes = "#".repeat(pattern.before() + pattern.shift())
                + (pattern.hasPoint() ? "." + "#".repeat(pattern.behind()) : "");
        return pattern.exponent() ? " " + hashes : new NumberText(pattern, hashes, value < 0).text();
    }

    private static String exponential(BigDecimal value, NumberPattern pattern, RoundingMode rounding) {
        int digits = pattern.behind() + 1;
        BigDecimal rounded = value.round(new MathContext(digits, rounding));
        int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.scaleByPowerOfTen(-exponent)
                .setScale(pattern.behind(), RoundingMode.HALF_UP)
                .toPlainString();
        return (rounded.signum() < 0 ? "" : " ")
                + mantissa
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private String roman(BigDecimal value) {
        String numeral = "#".repeat(ROMAN_WIDTH);
        if (value.compareTo(BigDecimal.ONE) >= 0 && value.compareTo(BigDecimal.valueOf(3999)) <= 0) {
            StringBuilder written = new StringBuilder();
            int rest = value.intValueExact();
            for (int i = 0; i < ROMAN.length; i++) {
                for (; rest >= ROMAN_VALUES[i]; rest -= ROMAN_VALUES[i]) {
                    written.append(ROMAN[i]);
                }
            }
            numeral = written.toString();
        }
        for (NumberPattern.Element element : pattern.elements()) {
            if (element.kind() == NumberPattern.Kind.ROMAN) {
                String cased = element.text().equals("rn") ? numeral.toLowerCase(Locale.ROOT) : numeral;
                out.append(pattern.fill() ? cased : " ".repeat(Math.max(0, ROMAN_WIDTH - cased.length())) + cased);
            } else if (element.kind() == NumberPattern.Kind.TEXT) {
                out.append(element.text());
            }
        }
        return out.toString();
    }

    /** The last digit behind the point that is no zero, but those that a 0 asks for; the point itself if there is none. */
    private int lastRelevant() {
        int point = number.indexOf('.');
        if (point < 0) {
            return -1;
        }
        int last = point;
        for (int i = point + 1; i < number.length(); i++) {
            last = number.charAt(i) == '0' ? last : i;
        }
        if (pattern.lastZero() > blanks) {
            last = Math.max(last, Math.min(number.length() - 1, pattern.lastZero() - blanks));
        }
        return last;
    }

    private String text() {
        for (NumberPattern.Element element : pattern.elements()) {
            switch (element.kind()) {
                case DIGIT, ZERO, POINT -> number(element.kind());
                case GROUP -> {
                    if (inNumber) {
                        out.append(element.text());
                    } else if (!pattern.fill()) {
                        out.append(' ');
                    }
                }
                case CURRENCY -> out.append(' ');
                case MINUS -> sign(negative, '-');
                case PLUS -> sign(!negative, '+');
                case EITHER -> out.append(negative ? '-' : '+');
                case ORDINAL -> ordinal(element.text());
                case TEXT -> out.append(element.text());
                case SIGN, BRACKETS, ROMAN, SHIFT, EXPONENT -> {}
            }
        }
        return out.toString();
    }

    private void sign(boolean written, char sign) {
        if (written || !pattern.fill()) {
            out.append(written ? sign : ' ');
        }
    }

    private void ordinal(String written) {
        if (number.startsWith("#") || negative || pattern.hasPoint()) {
            return;
        }
        int last = number.charAt(number.length() - 1) - '0';
        boolean teen = number.length() > 1 && number.charAt(number.length() - 2) == '1';
        String ending = teen ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
        out.append(Character.isUpperCase(written.charAt(0)) ? ending.toUpperCase(Locale.ROOT) : ending);
    }

    /** The zero before the point of a pattern like 9.9 that is not written. */
    private boolean isUnwrittenZero() {
        return pattern.firstZero() < 0 && at == 0 && number.startsWith("0") && behind != 0;
    }

    private boolean endsAtPoint() {
        return lastRelevant >= 0 && number.charAt(lastRelevant) == '.';
    }

    private void number(NumberPattern.Kind kind) {
        inNumber = false;
        boolean zeros = pattern.firstZero() >= 0;
        boolean reached = place >= blanks || (zeros && pattern.firstZero() == place);
        if (!signWritten && reached && (!isUnwrittenZero() || endsAtPoint())) {
            leadingSign();
        }
        if (place < blanks) {
            if (zeros && pattern.firstZero() <= place) {
                out.append('0');
                inNumber = true;
            } else if (!pattern.fill()) {
                out.append(' ');
            }
        } else {
            digit(kind);
        }
        int end = places + (blanks > 0 ? 1 : 0) + (pattern.hasPoint() ? 1 : 0);
        if (lastRelevant >= 0 && lastRelevant == at) {
            end = place;
        }
        if (place + 1 == end) {
            if (signWritten && brackets) {
                out.append(negative ? '>' : ' ');
            } else if (pattern.trailingSign()) {
                out.append(negative ? '-' : '+');
            }
        }
        place++;
    }

    private void leadingSign() {
        if (pattern.leadingSign()) {
            out.append(negative ? '-' : '+');
            signWritten = true;
        } else if (pattern.trailingSign()) {
            return;
        } else if (brackets) {
            out.append(negative ? '<' : ' ');
            signWritten = true;
        } else {
            if (negative) {
                out.append('-');
            } else if (!pattern.fill()) {
                out.append(' ');
            }
            signWritten = true;
        }
    }

    private void digit(NumberPattern.Kind kind) {
        if (at >= number.length()) {
            return;
        }
        if (number.charAt(at) == '.') {
            if (!endsAtPoint() || pattern.fill()) {
                out.append('.');
            }
        } else if (lastRelevant >= 0 && at > lastRelevant && kind != NumberPattern.Kind.ZERO) {
            inNumber = false;
        } else if (isUnwrittenZero()) {
            if (!pattern.fill()) {
                out.append(' ');
            } else if (endsAtPoint()) {
                out.append('0');
            }
        } else {
            out.append(number.charAt(at));
            inNumber = true;
        }
        at++;
    }
}
