package io.kadedb.common.seam;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The files the database opens by itself; RocksDB does its own input and output. */
public interface Disk {
    FileChannel open(Path file, OpenOption... options) throws IOException;

    void createDirectories(Path directory) throws IOException;

    boolean exists(Path file);

    List<Path> list(Path directory) throws IOException;

    /** Moves a file onto another in one step. */
    void replace(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /** Makes the names in a directory survive a loss of power, where that can be done. */
    default void syncNames(Path directory) throws IOException {
        if (File.separatorChar == '/') {
            try (FileChannel names = open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /** The machine's file system. */
    static Disk system() {
        return SystemSeams.DISK;
    }
}
