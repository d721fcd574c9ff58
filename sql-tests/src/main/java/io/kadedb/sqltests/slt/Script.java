package io.kadedb.sqltests.slt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of logic tests, wherever it lies.
 *
 * @param name what reports call it, and by which a resumed run knows it
 * @param file where it lies, if it is a file of its own; files it names are looked for beside it
 * @param dialect how it is to be read; told from name and text if absent
 * @param text opens it; called once for each run
 */
public record Script(String name, Optional<Path> file, Optional<Dialect> dialect, Text text) {
    /** How much of a text tells its dialect. */
    private static final int HEAD = 32_768;

    /** Opens a text. */
    @FunctionalInterface
    public interface Text {
        Reader open() throws IOException;
    }

    /** A file, in UTF-8. */
    public static Script of(Path file) {
        return new Script(file.toString(), Optional.of(file), Optional.empty(), () -> {
            InputStreamReader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
            return new BufferedReader(reader, HEAD);
        });
    }

    /** A text in memory. */
    public static Script of(String name, String text) {
        return new Script(name, Optional.empty(), Optional.empty(), () -> new StringReader(text));
    }

    public Script as(Dialect other) {
        return new Script(name, file, Optional.of(other), text);
    }

    /** Opens it for reading record by record; the caller closes the reader. */
    public SltReader open() throws IOException {
        BufferedReader lines = new BufferedReader(text.open(), HEAD * 2);
        Dialect read = dialect.isPresent() ? dialect.get() : Dialect.of(name, head(lines));
        return new SltReader(name, lines, read);
    }

    private static String head(BufferedReader lines) throws IOException {
        lines.mark(HEAD);
        char[] head = new char[HEAD];
        int length = 0;
        while (length < HEAD) {
            int read = lines.read(head, length, HEAD - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        lines.reset();
        return new String(head, 0, length);
    }
}
