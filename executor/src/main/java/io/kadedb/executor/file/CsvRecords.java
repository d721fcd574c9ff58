package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Cuts a CSV file into records and fields, as places in a byte buffer: no object a field. Lines end with LF, CR LF or
 * CR; empty lines are passed over unless there is only one column. Belongs to one thread.
 */
final class CsvRecords implements AutoCloseable {
    private static final int CHUNK = 1 << 18;
    /** No record may be longer. */
    private static final int LONGEST_RECORD = 1 << 28;

    private final String name;
    private final CsvFormat format;
    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int position;
    private int limit;
    private boolean atEnd;

    private int fields;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private boolean[] quoted = new boolean[16];
    private boolean[] escaped = new boolean[16];
    private long line;
    private long nextLine = 1;
    private long bytesRead;

    CsvRecords(Path file, String name, CsvFormat format) {
        this.name = name;
        this.format = format;
        try {
            this.in = Files.newInputStream(file);
            fill();
            if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
                position = 3;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private KadeException unreadable(IOException e) {
        return KadeException.of(ErrorCode.IO_ERROR, "the file \"" + name + "\" cannot be read: " + e.getMessage(), e);
    }

    /** Goes to the next record; false at the end of the file. */
    boolean next() {
        while (true) {
            if (position >= limit && (atEnd || !more())) {
                return false;
            }
            line = nextLine;
            while (!parse()) {
                if (!more()) {
                    atEnd = true;
                }
            }
            if (fields > 1 || starts[0] < ends[0] || quoted[0]) {
                unescape();
                return true;
            }
            if (passEmpty) {
                continue;
            }
            return true;
        }
    }

    private boolean passEmpty = true;

    /** Says that empty lines are records: the file has one column. */
    void keepEmptyLines() {
        passEmpty = false;
    }

    /** Reads further bytes behind those not yet used; false if there are none. */
    private boolean more() {
        if (atEnd) {
            return false;
        }
        try {
            int kept = limit - position;
            if (position > 0) {
                System.arraycopy(buffer, position, buffer, 0, kept);
                position = 0;
                limit = kept;
            }
            if (limit == buffer.length) {
                if (buffer.length >= LONGEST_RECORD) {
                    throw KadeException.of(
                            ErrorCode.BAD_COPY_FILE_FORMAT,
                            place() + ": a record is longer than " + LONGEST_RECORD + " bytes");
                }
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            return fill();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean fill() throws IOException {
        int n = in.read(buffer, limit, buffer.length - limit);
        if (n <= 0) {
            atEnd = true;
            return false;
        }
        limit += n;
        bytesRead += n;
        return true;
    }

    /** Finds the fields of the record at the position; false if it goes on beyond the buffer. */
    private boolean parse() {
        byte[] bytes = buffer;
        int at = position;
        long lines = line;
        fields = 0;
        while (true) {
            addField();
            int f = fields - 1;
            if (at < limit && bytes[at] == format.quote()) {
                at = quotedEnd(f, at + 1);
                if (at < 0) {
                    return false;
                }
                for (int i = starts[f]; i < ends[f]; i++) {
                    lines += bytes[i] == '\n' ? 1 : 0;
                }
            } else {
                int from = at;
                byte delimiter = format.delimiter();
                while (at < limit && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
                    at++;
                }
                starts[f] = from;
                ends[f] = at;
                quoted[f] = false;
                escaped[f] = false;
            }
            if (at >= limit) {
                if (!atEnd) {
                    return false;
                }
                return finish(at, lines);
            }
            if (bytes[at] == format.delimiter()) {
                at++;
                continue;
            }
            if (bytes[at] == '\r') {
                if (at + 1 >= limit && !atEnd) {
                    return false;
                }
                at += at + 1 < limit && bytes[at + 1] == '\n' ? 2 : 1;
            } else {
                at++;
            }
            return finish(at, lines + 1);
        }
    }

    private boolean finish(int at, long lines) {
        position = at;
        nextLine = lines;
        return true;
    }

    private void addField() {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, fields * 2);
            ends = Arrays.copyOf(ends, fields * 2);
            quoted = Arrays.copyOf(quoted, fields * 2);
            escaped = Arrays.copyOf(escaped, fields * 2);
        }
        fields++;
    }

    /** Where the text after a quoted field goes on; -1 if the field goes on beyond the buffer. */
    private int quotedEnd(int f, int from) {
        byte[] bytes = buffer;
        byte quote = format.quote();
        byte escape = format.escape();
        boolean hasEscapes = false;
        int at = from;
        while (at < limit) {
            byte b = bytes[at];
            if (b == escape && at + 1 >= limit && !atEnd) {
                return -1;
            }
            if (b == escape
                    && at + 1 < limit
                    && (bytes[at + 1] == quote || (escape != quote && bytes[at + 1] == escape))) {
                hasEscapes = true;
                at += 2;
            } else if (b == quote) {
                starts[f] = from;
                ends[f] = at;
                quoted[f] = true;
                escaped[f] = hasEscapes;
                return afterQuote(at + 1);
            } else {
                at++;
            }
        }
        if (atEnd) {
            throw KadeException.of(ErrorCode.BAD_COPY_FILE_FORMAT, place() + ": a quoted value does not end");
        }
        return -1;
    }

    private int afterQuote(int at) {
        if (at >= limit) {
            return atEnd ? at : -1;
        }
        byte b = buffer[at];
        if (b != format.delimiter() && b != '\n' && b != '\r') {
            throw KadeException.of(
                    ErrorCode.BAD_COPY_FILE_FORMAT, place() + ": text after the closing quote of a value");
        }
        return at;
    }

    /** Removes the escapes of the record's fields, in place. */
    private void unescape() {
        for (int f = 0; f < fields; f++) {
            if (!escaped[f]) {
                continue;
            }
            int to = starts[f];
            for (int at = starts[f]; at < ends[f]; at++) {
                if (buffer[at] == format.escape() && at + 1 < ends[f]) {
                    byte following = buffer[at + 1];
                    at += following == format.quote() || following == format.escape() ? 1 : 0;
                }
                buffer[to++] = buffer[at];
            }
            ends[f] = to;
        }
    }

    /** Fields of the record. */
    int fields() {
        return fields;
    }

    /** The bytes that fields lie in, until the next record. */
    byte[] bytes() {
        return buffer;
    }

    int start(int field) {
        return starts[field];
    }

    int end(int field) {
        return ends[field];
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    String text(int field) {
        return new String(buffer, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
    }

    /** The line the record begins on, from 1. */
    long line() {
        return line;
    }

    /** Bytes of the records so far. */
    long bytesUsed() {
        return bytesRead - (limit - position);
    }

    /** For messages. */
    String place() {
        return "file \"" + name + "\", line " + line;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
