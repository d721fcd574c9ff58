package io.kadedb.sqltests.slt;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where scripts come from: files, folders, archives, the standard input. */
public final class Scripts {
    private Scripts() {}

    /**
     * The scripts of a path: a file is one, a folder holds those below it, in order of their names; a jar or zip those
     * inside, which are read as they are run; {@code -} is the standard input.
     */
    public static List<Script> of(Path path) throws IOException {
        String name = path.toString();
        if (name.equals("-")) {
            return List.of(new Script("stdin", Optional.empty(), Optional.empty(), Scripts::standardInput));
        }
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                return files.filter(file -> Files.isRegularFile(file) && isScript(file.toString()))
                        .sorted()
                        .map(Script::of)
                        .toList();
            }
        }
        if (!Files.isReadable(path)) {
            throw new NoSuchFileException(name);
        }
        return name.endsWith(".jar") || name.endsWith(".zip") ? inArchive(path) : List.of(Script.of(path));
    }

    /** Whether a file in a folder or archive is a script, by its name. */
    static boolean isScript(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".slt") || lower.endsWith(".test") || lower.endsWith(".iq");
    }

    /** The scripts inside a jar or zip, each read from there as it is run. */
    public static List<Script> inArchive(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(Scripts::isScript)
                    .sorted()
                    .map(name -> new Script(name, Optional.empty(), Optional.empty(), () -> entry(archive, name)))
                    .toList();
        }
    }

    private static Reader entry(Path archive, String name) throws IOException {
        ZipFile zip = new ZipFile(archive.toFile());
        boolean open = false;
        try {
            ZipEntry entry = zip.getEntry(name);
            Reader text = new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8);
            Reader closing = new FilterReader(text) {
                @Override
                public void close() throws IOException {
                    try (zip) {
                        super.close();
                    }
                }
            };
            open = true;
            return closing;
        } finally {
            if (!open) {
                zip.close();
            }
        }
    }

    private static Reader standardInput() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
}
