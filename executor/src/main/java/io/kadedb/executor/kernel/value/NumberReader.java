package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.math.BigDecimal;

/** {@code to_number}: reads a number as a pattern says. Made for one text. */
final class NumberReader {
    private final String text;
    private final NumberPattern pattern;
    private final StringBuilder digits = new StringBuilder();
    private boolean negative;
    private boolean point;
    private int behind;
    private int at;

    private NumberReader(String text, NumberPattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws KadeException 22P02 when there are no digits */
    static BigDecimal read(String text, NumberPattern pattern) {
        if (pattern.exponent()) {
            throw Failures.unsupported("\"EEEE\" not supported for input");
        }
        if (pattern.roman()) {
            throw Failures.unsupported("Roman numerals are not read");
        }
        NumberReader reader = new NumberReader(text, pattern);
        for (NumberPattern.Element element : pattern.elements()) {
            if (reader.at >= text.length()) {
                break;
            }
            reader.read(element);
        }
        if (reader.digits.isEmpty()) {
            throw KadeException.of(
                    ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type numeric: \"" + text + "\"");
        }
        BigDecimal value = new BigDecimal(reader.digits.toString()).movePointLeft(reader.behind + pattern.shift());
        return reader.negative ? value.negate() : value;
    }

    private void read(NumberPattern.Element element) {
        switch (element.kind()) {
            case DIGIT, ZERO, POINT -> number();
            case GROUP -> {
                if (text.charAt(at) == ',') {
                    at++;
                }
            }
            case CURRENCY, TEXT -> {
                // Such characters are passed over, but none that belongs to a number.
                for (int i = 0; i < element.text().length() && at < text.length() && !isNumber(text.charAt(at)); i++) {
                    at++;
                }
            }
            case MINUS, PLUS, EITHER, SIGN -> sign();
            case ORDINAL -> at += 2;
            case BRACKETS -> {
                if (text.charAt(at) == '>') {
                    at++;
                }
            }
            case ROMAN, SHIFT, EXPONENT -> {}
        }
    }

    private static boolean isNumber(char c) {
        return Character.isDigit(c) || c == '.' || c == ',' || c == '-' || c == '+';
    }

    private void sign() {
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative |= text.charAt(at) == '-';
            at++;
        }
    }

    private void number() {
        while (digits.isEmpty() && at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (digits.isEmpty() && at < text.length() && text.charAt(at) == '<') {
            negative = pattern.brackets();
            at++;
        } else if (digits.isEmpty()) {
            sign();
        }
        if (at >= text.length()) {
            return;
        }
        char c = text.charAt(at);
        if (c == '.' && pattern.hasPoint() && !point) {
            point = true;
            at++;
        } else if (Character.digit(c, 10) >= 0) {
            digits.append(Character.digit(c, 10));
            behind += point ? 1 : 0;
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') && pattern.trailingSign()) {
            sign();
        }
    }
}
