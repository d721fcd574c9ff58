package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.FileExports;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A directory that is filled beside its place, and moved there when it is whole. */
final class UnfinishedDirectory implements FileExports.Directory {
    private final Path place;
    private final String path;
    private final Path unfinished;
    private boolean finished;

    /**
     * Begins the directory.
     *
     * @param place where nothing is, or an empty directory
     * @param path as written in the statement
     */
    UnfinishedDirectory(Path place, String path) {
        this.place = place;
        this.path = path;
        this.unfinished = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectory(unfinished);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private KadeException failed(IOException cause) {
        return KadeException.of(ErrorCode.IO_ERROR, "the directory \"" + path + "\" cannot be written", cause);
    }

    @Override
    public FileExports.Export create(String name, Map<String, String> options, List<Field> columns) {
        return LocalFiles.create(() -> new UnfinishedFile(unfinished.resolve(name), name), name, options, columns);
    }

    @Override
    public void writeText(String name, String text) {
        try {
            Files.writeString(unfinished.resolve(name), text);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void finish() {
        try {
            // An empty directory in its place is replaced.
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(unfinished);
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
