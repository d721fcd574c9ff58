package io.kadedb.sqltests.slt;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a run has finished, so that a run which was killed goes on where it was. Its first line says which run
 * it belongs to; each other one is a file's counts and name. A last line without an end was being written when the run
 * was killed, and does not count.
 */
public final class Journal implements AutoCloseable {
    private static final String HEADER = "kadedb slt journal 1\t";

    private final Map<String, FileResult> finished;
    private final BufferedWriter writer;

    private Journal(Map<String, FileResult> finished, BufferedWriter writer) {
        this.finished = finished;
        this.writer = writer;
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param run what is run; a journal of another run is refused with an {@link IllegalArgumentException}
     */
    public static Journal open(Path file, String run) throws IOException {
        Map<String, FileResult> finished = new LinkedHashMap<>();
        String whole = "";
        if (Files.exists(file)) {
            String text = Files.readString(file);
            whole = text.substring(0, text.lastIndexOf('\n') + 1);
        }
        List<String> lines = whole.lines().toList();
        if (!lines.isEmpty() && !lines.getFirst().equals(HEADER + run)) {
            throw new IllegalArgumentException(file + " is not the journal of this run, which is " + run
                    + "; its first line is " + lines.getFirst().strip());
        }
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            FileResult result = read(file, line);
            finished.put(result.script(), result);
        }
        BufferedWriter writer = Files.newBufferedWriter(
                file,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        writer.write(whole.isEmpty() ? HEADER + run + "\n" : whole);
        writer.flush();
        return new Journal(finished, writer);
    }

    private static FileResult read(Path file, String line) {
        String[] parts = line.split("\t", 4);
        if (parts.length != 4) {
            throw new IllegalArgumentException(file + " is no journal: " + line);
        }
        try {
            return new FileResult(
                    parts[3],
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Optional.empty());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(file + " is no journal: " + line, e);
        }
    }

    /** What a script gave in an earlier sitting. */
    public Optional<FileResult> result(String script) {
        return Optional.ofNullable(finished.get(script));
    }

    /** Notes a file that was read to its end; it is on its way to the disk when this returns. */
    public void add(FileResult result) throws IOException {
        if (result.unreadable().isEmpty()) {
            writer.write(result.passed() + "\t" + result.failed() + "\t" + result.skipped() + "\t" + result.script());
            writer.write("\n");
            writer.flush();
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
