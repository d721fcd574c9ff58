package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import org.antlr.v4.runtime.Token;

/** The values of quoted strings. */
final class StringTexts {
    private StringTexts() {}

    /** {@code 'it''s'}. */
    static String plain(String quoted) {
        String inner = quoted.substring(1, quoted.length() - 1);
        return inner.indexOf('\'') < 0 ? inner : inner.replace("''", "'");
    }

    /** {@code $tag$..$tag$}. */
    static String dollar(String quoted) {
        int tag = quoted.indexOf('$', 1) + 1;
        return quoted.substring(tag, quoted.length() - tag);
    }

    /** {@code E'..\n..'}. */
    static String escaped(Token token) {
        String quoted = token.getText();
        String inner = quoted.substring(2, quoted.length() - 1);
        StringBuilder value = new StringBuilder(inner.length());
        int at = 0;
        while (at < inner.length()) {
            char c = inner.charAt(at);
            if (c == '\'') {
                value.append(c);
                at += 2;
            } else if (c == '\\') {
                at = escape(inner, at + 1, value, token);
            } else {
                value.append(c);
                at++;
            }
        }
        return value.toString();
    }

    /** One escape, from the character after the backslash; returns where it ends. */
    private static int escape(String text, int at, StringBuilder value, Token token) {
        char c = text.charAt(at);
        switch (c) {
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'x' -> {
                int end = digitsEnd(text, at + 1, 2, 16);
                return end == at + 1 ? literal(value, c, at) : codePoint(text, at + 1, end, 16, value, token);
            }
            case 'u', 'U' -> {
                int digits = c == 'u' ? 4 : 8;
                int end = digitsEnd(text, at + 1, digits, 16);
                if (end != at + 1 + digits) {
                    throw invalid(token);
                }
                return codePoint(text, at + 1, end, 16, value, token);
            }
            default -> {
                int end = digitsEnd(text, at, 3, 8);
                if (end > at) {
                    return codePoint(text, at, end, 8, value, token);
                }
                return literal(value, c, at);
            }
        }
        return at + 1;
    }

    private static int literal(StringBuilder value, char c, int at) {
        value.append(c);
        return at + 1;
    }

    private static int digitsEnd(String text, int from, int most, int radix) {
        int end = from;
        while (end < text.length() && end - from < most && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    private static int codePoint(String text, int from, int end, int radix, StringBuilder value, Token token) {
        int point = Integer.parseUnsignedInt(text, from, end, radix);
        if (point == 0 || !Character.isValidCodePoint(point)) {
            throw invalid(token);
        }
        value.appendCodePoint(point);
        return end;
    }

    private static KadeException invalid(Token token) {
        return KadeException.of(ErrorCode.INVALID_ESCAPE_SEQUENCE, "invalid Unicode escape in a string")
                .at(Places.of(token));
    }
}
