package io.kadedb.server.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What a client sends for COPY FROM STDIN: read once, and left open for the client to close. */
final class CopyInput extends InputStream {
    private final InputStream in;
    private volatile boolean begun;

    CopyInput(InputStream in) {
        this.in = in;
    }

    /** Whether some of it may be gone, so that the statement cannot be run again. */
    boolean isBegun() {
        return begun;
    }

    @Override
    public int read() throws IOException {
        begun = true;
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        begun = true;
        return in.read(bytes, offset, length);
    }
}
