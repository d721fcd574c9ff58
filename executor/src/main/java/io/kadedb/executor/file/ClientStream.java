package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/** A stream of the client's, which closes it itself. */
final class ClientStream implements ExportTarget {
    private final OutputStream out;
    private final WritableByteChannel channel;

    ClientStream(OutputStream out) {
        this.out = out;
        this.channel = Channels.newChannel(out);
    }

    @Override
    public OutputStream stream() {
        return out;
    }

    @Override
    public WritableByteChannel channel() {
        return channel;
    }

    @Override
    public KadeException failed(IOException cause) {
        return KadeException.of(ErrorCode.IO_ERROR, "the client takes no more rows: " + cause.getMessage(), cause);
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }

    @Override
    public void close() {}
}
