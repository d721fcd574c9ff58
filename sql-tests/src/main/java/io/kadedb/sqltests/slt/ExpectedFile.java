package io.kadedb.sqltests.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Rows that a file expects and has in another: {@code <FILE>:path}, with a header line and {@code |} between cells. */
final class ExpectedFile {
    private static final String MARK = "<FILE>:";

    private ExpectedFile() {}

    static boolean isNamed(List<String> expected) {
        return expected.size() == 1 && expected.getFirst().startsWith(MARK);
    }

    /** Its rows, cells joined by tabs. The file is looked for in the working directory, the test's folder, and beside it. */
    static List<String> read(String line, Path folder, Optional<Path> script) throws IOException {
        String name = line.substring(MARK.length()).strip();
        List<Path> places = List.of(
                Path.of(name).toAbsolutePath(),
                folder.resolve(name),
                script.map(path -> path.toAbsolutePath().resolveSibling(name)).orElse(folder.resolve(name)));
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                try (var lines = Files.lines(place)) {
                    return lines.skip(1)
                            .map(text -> text.replace('|', '\t'))
                            .map(text -> text.replaceAll("(^|\\t)(?=\\t|$)", "$1NULL"))
                            .toList();
                }
            }
        }
        throw new NoSuchFileException(name);
    }
}
