package io.kadedb.executor.file;

import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;

/** Where the bytes of an export go. Used by one thread. */
interface ExportTarget extends AutoCloseable {
    OutputStream stream();

    /** The same for those who buffer themselves; not to be mixed with {@link #stream}. */
    WritableByteChannel channel();

    KadeException failed(IOException cause);

    /** Says that everything is written. */
    void finish() throws IOException;

    /** Removes what was written if it was not finished. */
    @Override
    void close();
}
