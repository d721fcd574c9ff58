package io.kadedb.sqltests.corpus;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that were finished, so that a run goes on where it was ended, and a report can be made of several sittings.
 * Its first line says what is run. A file's block ends with a line {@code end}; one without it does not count.
 */
public final class CorpusJournal implements AutoCloseable {
    private static final String HEADER = "kadedb corpus journal 1\t";

    private final List<FileTally> finished;
    private final BufferedWriter writer;

    private CorpusJournal(List<FileTally> finished, BufferedWriter writer) {
        this.finished = finished;
        this.writer = writer;
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param run what is run; a journal of another run is refused with an {@link IllegalArgumentException}
     */
    public static CorpusJournal open(Path path, String run) throws IOException {
        String text = Files.exists(path) ? Files.readString(path) : "";
        // A last line without an end was being written when the run was killed.
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (!lines.isEmpty() && !lines.getFirst().equals(HEADER + run)) {
            throw new IllegalArgumentException(path + " is not the journal of this run, which is " + run);
        }
        List<FileTally> finished = read(path, lines);
        BufferedWriter writer = Files.newBufferedWriter(
                path,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        CorpusJournal journal = new CorpusJournal(finished, writer);
        writer.write(HEADER + run + "\n");
        for (FileTally tally : finished) {
            journal.write(tally);
        }
        return journal;
    }

    private static List<FileTally> read(Path path, List<String> lines) {
        List<FileTally> tallies = new ArrayList<>();
        String[] head = {};
        Map<String, Long> excluded = new HashMap<>();
        List<String> failures = new ArrayList<>();
        try {
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] parts = line.split("\t", -1);
                switch (parts[0]) {
                    case "file" -> {
                        head = parts;
                        excluded = new HashMap<>();
                        failures = new ArrayList<>();
                    }
                    case "excluded" -> excluded.put(parts[2], Long.parseLong(parts[1]));
                    case "failed" -> failures.add(parts[1]);
                    case "end" ->
                        tallies.add(new FileTally(
                                head[1],
                                Long.parseLong(head[2]),
                                Long.parseLong(head[3]),
                                Long.parseLong(head[4]),
                                Long.parseLong(head[5]),
                                excluded,
                                failures,
                                Long.parseLong(head[6])));
                    default -> throw new IllegalArgumentException(path + " is no journal: " + line);
                }
            }
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException(path + " is no journal", e);
        }
        return tallies;
    }

    /** What earlier sittings finished. */
    public List<FileTally> finished() {
        return List.copyOf(finished);
    }

    /** Notes a file. */
    public void add(FileTally tally) throws IOException {
        write(tally);
        writer.flush();
    }

    private void write(FileTally tally) throws IOException {
        writer.write(String.join(
                        "\t",
                        "file",
                        tally.script(),
                        Long.toString(tally.queries()),
                        Long.toString(tally.statements()),
                        Long.toString(tally.passed()),
                        Long.toString(tally.foreign()),
                        Long.toString(tally.millis()))
                + "\n");
        for (Map.Entry<String, Long> entry : tally.excluded().entrySet()) {
            writer.write("excluded\t" + entry.getValue() + "\t" + oneLine(entry.getKey()) + "\n");
        }
        for (String failure : tally.failures()) {
            writer.write("failed\t" + oneLine(failure) + "\n");
        }
        writer.write("end\n");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
