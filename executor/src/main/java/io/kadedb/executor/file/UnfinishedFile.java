package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that is written beside its place, and moved there when it is whole. Used by one thread. */
final class UnfinishedFile implements ExportTarget {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path place;
    private final String path;
    private final Path unfinished;
    private final FileChannel channel;
    private final OutputStream stream;
    private boolean finished;

    /**
     * Begins the file.
     *
     * @param path as written in the statement
     */
    UnfinishedFile(Path place, String path) {
        this.place = place;
        this.path = path;
        this.unfinished = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            this.channel = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(e);
        }
        this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    @Override
    public FileChannel channel() {
        return channel;
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public KadeException failed(IOException cause) {
        return KadeException.of(ErrorCode.IO_ERROR, "the file \"" + path + "\" cannot be written", cause);
    }

    /** Puts the whole file in its place, instead of one of its name. */
    @Override
    public void finish() throws IOException {
        stream.close();
        Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        finished = true;
    }

    /** Removes what was written of a file that was not finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            // What the buffer still holds is not wanted any more.
            channel.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
