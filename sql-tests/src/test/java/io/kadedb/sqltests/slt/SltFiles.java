package io.kadedb.sqltests.slt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The logic files in the source tree. */
final class SltFiles {
    private SltFiles() {}

    static List<Path> all() throws IOException {
        String root = System.getProperty("kadedb.root");
        Path project = root == null ? Path.of("") : Path.of(root, "sql-tests");
        try (Stream<Path> files = Files.list(project.resolve("src/test/resources/slt"))) {
            return files.filter(file -> file.toString().endsWith(".slt"))
                    .sorted()
                    .toList();
        }
    }

    static SltFile read(Path file) {
        try {
            return SltFile.parse(name(file), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The feature: the file's name without its ending. */
    static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ".slt".length());
    }
}
