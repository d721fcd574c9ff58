package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of text into records and fields, as places in a byte buffer: no object a field. Lines end with LF, CR LF
 * or CR. Belongs to one thread.
 */
abstract class Records implements AutoCloseable {
    private static final int CHUNK = 1 << 18;
    /** No record may be longer. */
    private static final int LONGEST_RECORD = 1 << 28;

    private final String name;
    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int position;
    private int limit;
    private boolean atEnd;

    private int fields;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private long line;
    private long nextLine = 1;
    private long bytesRead;

    /** @param name of the file as written in the statement; empty for what a client sends */
    Records(InputStream in, String name) {
        this.name = name;
        this.in = in;
        try {
            boolean filled = true;
            while (filled && limit < 3) {
                filled = fill();
            }
            if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
                position = 3;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private KadeException unreadable(IOException e) {
        return KadeException.of(ErrorCode.IO_ERROR, LocalFiles.shown(name) + " cannot be read: " + e.getMessage(), e);
    }

    /** What parsing a record came to. */
    enum Parsed {
        RECORD,
        /** A line without a record. */
        NOTHING,
        /** It goes on beyond the buffer. */
        UNFINISHED,
        /** A mark that ends the data. */
        END
    }

    /** Finds the fields of the record at a place; those are added by {@link #addField}, and {@link #ended} tells its end. */
    abstract Parsed parse(int from);

    /** Replaces escapes within the record's fields, in place. */
    abstract void unescape();

    /** Whether a field of the record stands for NULL. */
    abstract boolean isNull(int field);

    /** Whether a field of the record stands for the default of its column. */
    abstract boolean isDefault(int field);

    /** Goes to the next record; false at the end of the data. */
    final boolean next() {
        while (true) {
            if (position >= limit && (atEnd || !more())) {
                return false;
            }
            line = nextLine;
            fields = 0;
            switch (parse(position)) {
                case RECORD -> {
                    unescape();
                    return true;
                }
                case NOTHING -> {}
                case UNFINISHED -> atEnd |= !more();
                case END -> {
                    position = limit;
                    drain();
                    return false;
                }
            }
        }
    }

    /** Reads what is behind the end of the data: whoever sends it expects that. */
    private void drain() {
        while (more()) {
            position = limit;
        }
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
                    throw malformed("a record is longer than " + LONGEST_RECORD + " bytes");
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

    /** Adds a field of the record that is being parsed. */
    void addField(int start, int end) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, fields * 2);
            ends = Arrays.copyOf(ends, fields * 2);
        }
        starts[fields] = start;
        ends[fields] = end;
        fields++;
    }

    /** Where a line that ends at a place, which may be the end of the data, is followed by the next; -1 to read on. */
    final int afterLine(int at) {
        if (at >= limit) {
            return atEnd ? at : -1;
        }
        if (buffer[at] != '\r') {
            return at + 1;
        }
        if (at + 1 >= limit && !atEnd) {
            return -1;
        }
        return at + (at + 1 < limit && buffer[at + 1] == '\n' ? 2 : 1);
    }

    /**
     * Ends the record.
     *
     * @param after where the next begins
     * @param lines that it took
     */
    final void ended(int after, long lines) {
        position = after;
        nextLine = line + lines;
    }

    final KadeException malformed(String what) {
        return KadeException.of(ErrorCode.BAD_COPY_FILE_FORMAT, place() + ": " + what);
    }

    final int limit() {
        return limit;
    }

    final boolean atEnd() {
        return atEnd;
    }

    /** Fields of the record. */
    final int fields() {
        return fields;
    }

    /** The bytes that fields lie in, until the next record. */
    final byte[] bytes() {
        return buffer;
    }

    final int start(int field) {
        return starts[field];
    }

    final int end(int field) {
        return ends[field];
    }

    /** Shortens a field whose escapes were replaced. */
    final void end(int field, int end) {
        ends[field] = end;
    }

    final String text(int field) {
        return new String(buffer, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
    }

    /** Where the record begins, from 1. */
    final long line() {
        return line;
    }

    /** Bytes of the records so far. */
    final long bytesUsed() {
        return bytesRead - (limit - position);
    }

    /** For messages. */
    final String place() {
        return (name.isEmpty() ? "" : "file \"" + name + "\", ") + "line " + line;
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
