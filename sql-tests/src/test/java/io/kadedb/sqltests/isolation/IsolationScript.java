package io.kadedb.sqltests.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A script and what is expected of it. Lines {@code N: statement} are run by session N, one after another; every session has
 * begun a transaction at the level under test. Behind them comes a section for each level, headed {@code == level}, with what
 * happens. A heading that ends with {@code (kadedb)} is of KadeDB alone: there PostgreSQL differs, and the line behind the
 * heading says why.
 */
record IsolationScript(Path file, List<String> comments, List<Step> steps, Map<String, Section> sections) {
    static final List<String> LEVELS = List.of("read committed", "repeatable read", "serializable");

    private static final String HEADING = "== ";
    private static final String OWN = " (kadedb)";

    record Step(int session, String sql) {}

    record Section(boolean own, List<String> remarks, List<String> trace) {}

    static List<Path> all() {
        try (var files = Files.list(Path.of("src/test/resources/isolation"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static IsolationScript read(Path file) throws IOException {
        List<String> comments = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        Map<String, Section> sections = new LinkedHashMap<>();
        Section section = null;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(HEADING)) {
                boolean own = line.endsWith(OWN);
                String level = line.substring(HEADING.length(), line.length() - (own ? OWN.length() : 0));
                section = new Section(own, new ArrayList<>(), new ArrayList<>());
                sections.put(level, section);
            } else if (line.startsWith("#")) {
                (section == null ? comments : section.remarks()).add(line);
            } else if (!line.isBlank() && section != null) {
                section.trace().add(line);
            } else if (!line.isBlank()) {
                int colon = line.indexOf(':');
                steps.add(new Step(
                        Integer.parseInt(line.substring(0, colon)),
                        line.substring(colon + 1).strip()));
            }
        }
        return new IsolationScript(file, comments, steps, sections);
    }

    String name() {
        return String.valueOf(file.getFileName()).replace(".txt", "");
    }

    /** The file with other traces. */
    String text(Map<String, List<String>> traces) {
        StringBuilder text = new StringBuilder();
        comments.forEach(line -> text.append(line).append('\n'));
        steps.forEach(
                step -> text.append(step.session).append(": ").append(step.sql).append('\n'));
        for (String level : LEVELS) {
            Section old = sections.get(level);
            text.append('\n').append(HEADING).append(level).append(isOwn(level) ? OWN : "");
            text.append('\n');
            if (old != null) {
                old.remarks().forEach(line -> text.append(line).append('\n'));
            }
            traces.getOrDefault(level, List.of())
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    boolean isOwn(String level) {
        Section section = sections.get(level);
        return section != null && section.own();
    }

    List<String> expected(String level) {
        Section section = sections.get(level);
        return section == null ? List.of() : section.trace();
    }
}
