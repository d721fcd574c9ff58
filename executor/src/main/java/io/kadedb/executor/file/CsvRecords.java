package io.kadedb.executor.file;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The records of CSV; empty lines are passed over unless there is only one column. */
final class CsvRecords extends Records {
    private final CsvFormat format;
    private final byte[] nullText;
    private final byte @Nullable [] defaultText;
    private boolean[] quoted = new boolean[16];
    private boolean[] escaped = new boolean[16];
    private boolean passEmpty = true;

    CsvRecords(InputStream in, String name, CsvFormat format) {
        super(in, name);
        this.format = format;
        this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
        this.defaultText = format.defaultBytes();
    }

    /** Says that empty lines are records: there is one column. */
    void keepEmptyLines() {
        passEmpty = false;
    }

    @Override
    Parsed parse(int from) {
        byte[] bytes = bytes();
        byte delimiter = format.delimiter();
        int at = from;
        long lines = 1;
        while (true) {
            int f = fields();
            if (at < limit() && bytes[at] == format.quote()) {
                at = quotedEnd(at + 1);
                if (at < 0) {
                    return Parsed.UNFINISHED;
                }
                for (int i = start(f); i < end(f); i++) {
                    lines += bytes[i] == '\n' ? 1 : 0;
                }
            } else {
                int start = at;
                while (at < limit() && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
                    at++;
                }
                add(start, at, false, false);
            }
            if (at < limit() && bytes[at] == delimiter) {
                at++;
                continue;
            }
            int after = afterLine(at);
            if (after < 0) {
                return Parsed.UNFINISHED;
            }
            ended(after, lines);
            boolean blank = fields() == 1 && start(0) == end(0) && !quoted[0];
            return blank && passEmpty ? Parsed.NOTHING : Parsed.RECORD;
        }
    }

    private void add(int start, int end, boolean isQuoted, boolean isEscaped) {
        int f = fields();
        if (f == quoted.length) {
            quoted = Arrays.copyOf(quoted, f * 2);
            escaped = Arrays.copyOf(escaped, f * 2);
        }
        quoted[f] = isQuoted;
        escaped[f] = isEscaped;
        addField(start, end);
    }

    /** Where the text after a quoted field goes on; -1 if the field goes on beyond the buffer. */
    private int quotedEnd(int from) {
        byte[] bytes = bytes();
        byte quote = format.quote();
        byte escape = format.escape();
        boolean hasEscapes = false;
        int at = from;
        while (at < limit()) {
            byte b = bytes[at];
            if (b == escape && at + 1 >= limit() && !atEnd()) {
                return -1;
            }
            if (b == escape
                    && at + 1 < limit()
                    && (bytes[at + 1] == quote || (escape != quote && bytes[at + 1] == escape))) {
                hasEscapes = true;
                at += 2;
            } else if (b == quote) {
                add(from, at, true, hasEscapes);
                return afterQuote(at + 1);
            } else {
                at++;
            }
        }
        if (atEnd()) {
            throw malformed("a quoted value does not end");
        }
        return -1;
    }

    private int afterQuote(int at) {
        if (at >= limit()) {
            return atEnd() ? at : -1;
        }
        byte b = bytes()[at];
        if (b != format.delimiter() && b != '\n' && b != '\r') {
            throw malformed("text after the closing quote of a value");
        }
        return at;
    }

    @Override
    void unescape() {
        byte[] bytes = bytes();
        for (int f = 0; f < fields(); f++) {
            if (!escaped[f]) {
                continue;
            }
            int to = start(f);
            for (int at = start(f); at < end(f); at++) {
                if (bytes[at] == format.escape() && at + 1 < end(f)) {
                    byte following = bytes[at + 1];
                    at += following == format.quote() || following == format.escape() ? 1 : 0;
                }
                bytes[to++] = bytes[at];
            }
            end(f, to);
        }
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    @Override
    boolean isNull(int field) {
        boolean may = quoted[field]
                ? format.forced().nulls().test(field)
                : !format.forced().notNull().test(field);
        return may && Arrays.equals(bytes(), start(field), end(field), nullText, 0, nullText.length);
    }

    @Override
    boolean isDefault(int field) {
        return defaultText != null
                && !quoted[field]
                && Arrays.equals(bytes(), start(field), end(field), defaultText, 0, defaultText.length);
    }
}
