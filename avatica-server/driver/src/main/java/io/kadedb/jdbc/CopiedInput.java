package io.kadedb.jdbc;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What COPY .. FROM STDIN sends: a stream in pieces, each when the server asks for it. Belongs to one thread. */
final class CopiedInput {
    private static final int PIECE_BYTES = 1 << 18;

    private final InputStream in;
    private @Nullable IOException failure;

    CopiedInput(InputStream in) {
        this.in = in;
    }

    /** The next piece, empty at the end; null when the stream has failed. */
    byte @Nullable [] next() {
        try {
            return in.readNBytes(PIECE_BYTES);
        } catch (IOException e) {
            failure = e;
            return null;
        }
    }

    /** Why there is no more. */
    @Nullable
    IOException failure() {
        return failure;
    }
}
