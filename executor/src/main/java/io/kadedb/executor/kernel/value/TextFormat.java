package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code format}: values within a text, as {@code %s}, as names ({@code %I}) and as literals ({@code %L}). Made for one row. */
final class TextFormat {
    private final String pattern;
    private final @Nullable Object[] values;
    private final List<SqlType> types;
    private final ZoneId zone;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next = 1;

    private TextFormat(@Nullable Object[] values, List<SqlType> types, ZoneId zone) {
        this.pattern = Args.text(values, 0);
        this.values = values;
        this.types = types;
        this.zone = zone;
    }

    /** @param values the pattern, then what it shows */
    static String of(@Nullable Object[] values, List<SqlType> types, ZoneId zone) {
        return new TextFormat(values, types, zone).text();
    }

    private String text() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c != '%') {
                out.append(c);
            } else if (peek() == '%') {
                out.append('%');
                at++;
            } else {
                specifier();
            }
        }
        return out.toString();
    }

    private char peek() {
        if (at >= pattern.length()) {
            throw Failures.invalidParameter("unterminated format() type specifier")
                    .hint("For a single \"%\" use \"%%\".");
        }
        return pattern.charAt(at);
    }

    private void specifier() {
        int position = -1;
        int start = at;
        if (Character.isDigit(peek())) {
            int number = number();
            if (peek() == '$') {
                at++;
                position = number;
            } else {
                at = start;
            }
        }
        if (position == 0) {
            throw Failures.invalidParameter("format specifies argument 0, but arguments are numbered from 1");
        }
        boolean left = false;
        while (peek() == '-') {
            left = true;
            at++;
        }
        int width = width();
        left |= width < 0;
        char kind = peek();
        at++;
        if (kind != 's' && kind != 'I' && kind != 'L') {
            throw Failures.invalidParameter("unrecognized format() type specifier \"" + kind + "\"")
                    .hint("For a single \"%\" use \"%%\".");
        }
        int index = position < 0 ? next : position;
        next = index + 1;
        String shown = shown(kind, index);
        String blanks = " ".repeat(Math.max(0, Math.abs(width) - shown.codePointCount(0, shown.length())));
        out.append(left ? "" : blanks).append(shown).append(left ? blanks : "");
    }

    private int number() {
        long number = 0;
        while (Character.isDigit(peek())) {
            number = number * 10 + pattern.charAt(at++) - '0';
            if (number > Integer.MAX_VALUE) {
                throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "number is out of range");
            }
        }
        return (int) number;
    }

    private int width() {
        if (peek() != '*') {
            return Character.isDigit(peek()) ? number() : 0;
        }
        at++;
        int index = next;
        if (Character.isDigit(peek())) {
            index = number();
            if (peek() != '$') {
                throw Failures.invalidParameter("width argument position must be ended by \"$\"");
            }
            at++;
        }
        next = index + 1;
        Object value = argument(index);
        return value == null ? 0 : Math.clamp(((Number) value).longValue(), -(1 << 20), 1 << 20);
    }

    private @Nullable Object argument(int index) {
        if (index >= values.length) {
            throw Failures.invalidParameter("too few arguments for format()");
        }
        return values[index];
    }

    private String shown(char kind, int index) {
        Object value = argument(index);
        if (value == null) {
            if (kind == 'I') {
                throw KadeException.of(
                        ErrorCode.NULL_VALUE_NOT_ALLOWED, "null values cannot be formatted as an SQL identifier");
            }
            return kind == 'L' ? "NULL" : "";
        }
        String text = text(value, types.get(index), zone);
        return kind == 's' ? text : kind == 'I' ? Quoting.identifier(text) : Quoting.literal(text);
    }

    /** A value as functions of anything show it. */
    static String text(Object value, SqlType type, ZoneId zone) {
        return type.id() == TypeId.BOOLEAN ? ((Boolean) value ? "t" : "f") : ValueText.of(value, type, zone);
    }
}
