package io.kadedb.common.type;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Arrays as text: <code>{1,NULL,"a b"}</code>, as PostgreSQL reads and writes them (manual, 8.15.2 and 8.15.6). */
public final class ArrayText {
    private static final String BLANKS = " \t\n\u000B\f\r";

    private final String text;
    private final Function<String, Object> element;
    private final List<@Nullable Object> elements = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private final int[] counts = new int[ArrayValue.MAX_DIMENSIONS];
    private final int[] lengths = new int[ArrayValue.MAX_DIMENSIONS];
    private final int[] lowers = new int[ArrayValue.MAX_DIMENSIONS];
    private int dimensions;
    private int at;

    private ArrayText(String text, Function<String, Object> element) {
        this.text = text;
        this.element = element;
        Arrays.fill(lengths, -1);
        Arrays.fill(lowers, 1);
    }

    /**
     * The array a text means.
     *
     * @param element reads an element
     * @throws KadeException 22P02 if it means none, 54000 for too many dimensions, and whatever reading an element throws
     */
    public static ArrayValue parse(String text, Function<String, Object> element) {
        return new ArrayText(text, element).array();
    }

    /**
     * The text of an array.
     *
     * @param element gives an element's
     */
    public static String format(ArrayValue array, Function<Object, String> element) {
        if (array.isEmpty()) {
            return "{}";
        }
        StringBuilder out = new StringBuilder();
        if (array.dimensions().stream().anyMatch(dimension -> dimension.lower() != 1)) {
            array.dimensions()
                    .forEach(dimension -> out.append('[')
                            .append(dimension.lower())
                            .append(':')
                            .append(dimension.upper())
                            .append(']'));
            out.append('=');
        }
        write(array, 0, 0, element, out);
        return out.toString();
    }

    /** Writes a dimension from an element on; gives where the next one is. */
    private static int write(
            ArrayValue array, int dimension, int from, Function<Object, String> element, StringBuilder out) {
        boolean innermost = dimension == array.dimensions().size() - 1;
        int next = from;
        out.append('{');
        for (int i = 0; i < array.dimensions().get(dimension).length(); i++) {
            if (i > 0) {
                out.append(',');
            }
            if (innermost) {
                Object value = array.elements().get(next++);
                out.append(value == null ? "NULL" : quoted(element.apply(value)));
            } else {
                next = write(array, dimension + 1, next, element, out);
            }
        }
        out.append('}');
        return next;
    }

    private static String quoted(String text) {
        boolean quote = text.isEmpty() || text.equalsIgnoreCase("NULL");
        boolean escape = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escape |= c == '"' || c == '\\';
            quote |= escape || c == '{' || c == '}' || c == ',' || BLANKS.indexOf(c) >= 0;
        }
        if (!quote) {
            return text;
        }
        return '"' + (escape ? text.replace("\\", "\\\\").replace("\"", "\\\"") : text) + '"';
    }

    private ArrayValue array() {
        boolean given = readDimensions();
        if (given) {
            if (peek() != '=') {
                throw malformed("Missing \"=\" after array dimensions.");
            }
            at++;
            skipBlanks();
        }
        if (peek() != '{') {
            throw malformed(
                    given
                            ? "Array contents must start with \"{\"."
                            : "Array value must start with \"{\" or dimension information.");
        }
        readContents(given);
        skipBlanks();
        if (at < text.length()) {
            throw malformed("Junk after closing right brace.");
        }
        if (elements.isEmpty()) {
            return ArrayValue.EMPTY;
        }
        List<ArrayValue.Dimension> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            shape.add(new ArrayValue.Dimension(lengths[i], lowers[i]));
        }
        return new ArrayValue(elements, shape);
    }

    /** {@code [2][0:3]}; whether there are any. */
    private boolean readDimensions() {
        skipBlanks();
        while (peek() == '[') {
            at++;
            checkDimension(dimensions);
            int first = number("\"[\" must introduce explicitly-specified array dimensions.");
            int lower = 1;
            int upper = first;
            if (peek() == ':') {
                at++;
                lower = first;
                upper = number("Missing array dimension value.");
            }
            if (peek() != ']') {
                throw malformed("Missing \"]\" after array dimensions.");
            }
            at++;
            if (upper < lower) {
                throw KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "upper bound cannot be less than lower bound");
            }
            long length = (long) upper - lower + 1;
            if (length > ArrayValue.MAX_ELEMENTS) {
                throw tooLarge();
            }
            lowers[dimensions] = lower;
            lengths[dimensions++] = (int) length;
            skipBlanks();
        }
        return dimensions > 0;
    }

    private int number(String missing) {
        int start = at;
        if (peek() == '-' || peek() == '+') {
            at++;
        }
        int digits = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == digits) {
            at = start;
            throw malformed(missing);
        }
        try {
            return Integer.parseInt(text, start, at, 10);
        } catch (NumberFormatException e) {
            throw KadeException.of(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "array bound is out of integer range", e);
        }
    }

    private void readContents(boolean given) {
        boolean frozen = given;
        boolean delimited = true;
        int level = 0;
        do {
            skipBlanks();
            char c = next();
            switch (c) {
                case '{' -> {
                    if (!delimited) {
                        throw unexpected(c);
                    }
                    checkDimension(level);
                    counts[level++] = 0;
                    if (level > dimensions) {
                        if (frozen) {
                            throw mismatched(given);
                        }
                        dimensions = level;
                    }
                }
                case '}' -> {
                    if (counts[level - 1] > 0 && delimited) {
                        throw unexpected(c);
                    }
                    level--;
                    if (level > 0) {
                        counts[level - 1]++;
                    }
                    if (lengths[level] < 0) {
                        lengths[level] = counts[level];
                    } else if (lengths[level] != counts[level]) {
                        throw mismatched(given);
                    }
                    delimited = false;
                }
                case ',' -> {
                    if (delimited) {
                        throw unexpected(c);
                    }
                    delimited = true;
                }
                default -> {
                    at--;
                    String read = c == '"' ? quotedWord() : bareWord();
                    if (!delimited) {
                        throw malformed("Unexpected array element.");
                    }
                    frozen = true;
                    if (level != dimensions) {
                        throw mismatched(given);
                    }
                    if (elements.size() >= ArrayValue.MAX_ELEMENTS) {
                        throw tooLarge();
                    }
                    elements.add(read == null ? null : element.apply(read));
                    counts[level - 1]++;
                    delimited = false;
                }
            }
        } while (level > 0);
    }

    private String quotedWord() {
        word.setLength(0);
        at++;
        for (char c = next(); c != '"'; c = next()) {
            word.append(c == '\\' ? next() : c);
        }
        skipBlanks();
        char after = next();
        at--;
        if (after != ',' && after != '}' && after != '{') {
            throw malformed("Incorrectly quoted array element.");
        }
        return word.toString();
    }

    /** Null for NULL. */
    private @Nullable String bareWord() {
        word.setLength(0);
        int end = 0;
        boolean escaped = false;
        while (true) {
            char c = next();
            switch (c) {
                case '{' -> throw unexpected(c);
                case '"' -> throw malformed("Incorrectly quoted array element.");
                case ',', '}' -> {
                    at--;
                    word.setLength(end);
                    return !escaped && word.toString().equalsIgnoreCase("NULL") ? null : word.toString();
                }
                case '\\' -> {
                    word.append(next());
                    end = word.length();
                    escaped = true;
                }
                default -> {
                    word.append(c);
                    end = BLANKS.indexOf(c) < 0 ? word.length() : end;
                }
            }
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
        if (at >= text.length()) {
            throw malformed("Unexpected end of input.");
        }
        return text.charAt(at++);
    }

    private void skipBlanks() {
        while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static void checkDimension(int existing) {
        if (existing >= ArrayValue.MAX_DIMENSIONS) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions exceeds the maximum allowed (" + ArrayValue.MAX_DIMENSIONS + ")");
        }
    }

    private static KadeException tooLarge() {
        return KadeException.of(
                ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                "array size exceeds the maximum allowed (" + ArrayValue.MAX_ELEMENTS + ")");
    }

    private KadeException unexpected(char c) {
        return malformed("Unexpected \"" + c + "\" character.");
    }

    private KadeException mismatched(boolean given) {
        return malformed(
                given
                        ? "Specified array dimensions do not match array contents."
                        : "Multidimensional arrays must have sub-arrays with matching dimensions.");
    }

    private KadeException malformed(String detail) {
        return KadeException.of(ErrorCode.INVALID_TEXT_REPRESENTATION, "malformed array literal: \"" + text + "\"")
                .detail(detail);
    }
}
