package io.kadedb.sqltests.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The logic files in the source tree; {@code -Dkadedb.slt=a,b} leaves only those named. */
final class SltFiles {
    private SltFiles() {}

    static List<Path> all() throws IOException {
        String root = System.getProperty("kadedb.root");
        Path project = root == null ? Path.of("") : Path.of(root, "sql-tests");
        try (Stream<Path> files = Files.list(project.resolve("src/test/resources/slt"))) {
            List<String> only = Stream.of(System.getProperty("kadedb.slt", "").split(","))
                    .filter(name -> !name.isEmpty())
                    .toList();
            return files.filter(file -> file.toString().endsWith(".slt"))
                    .filter(file -> only.isEmpty() || only.contains(name(file)))
                    .sorted()
                    .toList();
        }
    }

    /** The feature: the file's name without its ending. */
    static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ".slt".length());
    }
}
