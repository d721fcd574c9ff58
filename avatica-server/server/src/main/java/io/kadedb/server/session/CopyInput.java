package io.kadedb.server.session;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.api.ClientInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends for COPY FROM STDIN: read once, and left open for the client to close. Formats that end with what tells
 * of the rows before it are put into a file first, which only this user of the machine can read, and which goes with this.
 */
final class CopyInput extends InputStream implements ClientInput {
    private static final int PIECE_BYTES = 1 << 16;

    private final InputStream in;
    private volatile boolean begun;
    private @Nullable Path file;

    CopyInput(InputStream in) {
        this.in = in;
    }

    /** Whether some of it may be gone, so that the statement cannot be run again. */
    boolean isBegun() {
        return begun;
    }

    @Override
    public InputStream stream() {
        return this;
    }

    @Override
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Puts all of it into a file. */
    void keep(CancelToken token) {
        try {
            Path kept = Files.createTempFile("kadedb-copy", null);
            file = kept;
            try (OutputStream out = Files.newOutputStream(kept)) {
                byte[] piece = new byte[PIECE_BYTES];
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    token.checkpoint();
                    out.write(piece, 0, n);
                }
            }
        } catch (IOException e) {
            throw KadeException.of(
                    ErrorCode.IO_ERROR, "what the client sends cannot be kept in a file: " + e.getMessage(), e);
        }
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

    /** Removes the file. The client's stream stays open. */
    @Override
    public void close() {
        Path kept = file;
        file = null;
        if (kept != null) {
            try {
                boolean _ = Files.deleteIfExists(kept);
            } catch (IOException e) {
                throw KadeException.of(ErrorCode.IO_ERROR, "the file \"" + kept + "\" cannot be removed", e);
            }
        }
    }
}
