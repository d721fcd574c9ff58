package io.kadedb.executor.file;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of PostgreSQL's text format: a record a line, values between delimiters, special characters behind a
 * backslash, which also takes the meaning of a delimiter or a line end that follows it. A line {@code \.} ends the data.
 */
final class TextRecords extends Records {
    private final CsvFormat format;
    private final byte[] nullText;
    private final byte @Nullable [] defaultText;
    private boolean[] escaped = new boolean[16];
    private boolean[] nulls = new boolean[16];
    private boolean[] defaults = new boolean[16];

    TextRecords(InputStream in, String name, CsvFormat format) {
        super(in, name);
        this.format = format;
        this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
        this.defaultText = format.defaultBytes();
    }

    @Override
    Parsed parse(int from) {
        byte[] bytes = bytes();
        byte delimiter = format.delimiter();
        int at = from;
        int start = from;
        long lines = 1;
        boolean hasEscapes = false;
        while (true) {
            if (at >= limit() || bytes[at] == '\n' || bytes[at] == '\r') {
                int after = afterLine(at);
                if (after < 0) {
                    return Parsed.UNFINISHED;
                }
                if (at - from == 2 && bytes[from] == '\\' && bytes[from + 1] == '.') {
                    return Parsed.END;
                }
                add(start, at, hasEscapes);
                ended(after, lines);
                return Parsed.RECORD;
            }
            if (bytes[at] == '\\') {
                hasEscapes = true;
                if (at + 1 >= limit()) {
                    if (!atEnd()) {
                        return Parsed.UNFINISHED;
                    }
                    at++;
                    continue;
                }
                lines += bytes[at + 1] == '\n' ? 1 : 0;
                at += 2;
            } else if (bytes[at] == delimiter) {
                add(start, at, hasEscapes);
                at++;
                start = at;
                hasEscapes = false;
            } else {
                at++;
            }
        }
    }

    private void add(int start, int end, boolean hasEscapes) {
        int f = fields();
        if (f == escaped.length) {
            escaped = Arrays.copyOf(escaped, f * 2);
            nulls = Arrays.copyOf(nulls, f * 2);
            defaults = Arrays.copyOf(defaults, f * 2);
        }
        escaped[f] = hasEscapes;
        nulls[f] = Arrays.equals(bytes(), start, end, nullText, 0, nullText.length);
        defaults[f] = defaultText != null && Arrays.equals(bytes(), start, end, defaultText, 0, defaultText.length);
        addField(start, end);
    }

    @Override
    void unescape() {
        byte[] bytes = bytes();
        for (int f = 0; f < fields(); f++) {
            if (!escaped[f] || nulls[f]) {
                continue;
            }
            int to = start(f);
            int end = end(f);
            for (int at = start(f); at < end; ) {
                byte b = bytes[at++];
                if (b == '\\' && at < end) {
                    b = bytes[at++];
                    int digits = b == 'x' ? digits(at, end, 16, 2) : digits(at - 1, end, 8, 3);
                    if (b == 'x' && digits > 0) {
                        b = (byte) number(at, digits, 16);
                        at += digits;
                    } else if (b != 'x' && digits > 0) {
                        b = (byte) number(at - 1, digits, 8);
                        at += digits - 1;
                    } else {
                        b = meaning(b);
                    }
                }
                bytes[to++] = b;
            }
            end(f, to);
        }
    }

    /** How many digits follow, at most so many. */
    private int digits(int from, int end, int radix, int most) {
        int count = 0;
        while (count < most && from + count < end && Character.digit(bytes()[from + count], radix) >= 0) {
            count++;
        }
        return count;
    }

    private int number(int from, int digits, int radix) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * radix + Character.digit(bytes()[i], radix);
        }
        return value;
    }

    private static byte meaning(byte b) {
        return switch (b) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> b;
        };
    }

    @Override
    boolean isNull(int field) {
        return nulls[field];
    }

    @Override
    boolean isDefault(int field) {
        return defaults[field];
    }
}
