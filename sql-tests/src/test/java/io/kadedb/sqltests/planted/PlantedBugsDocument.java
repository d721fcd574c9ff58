package io.kadedb.sqltests.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code docs/planted-bugs.md}. */
final class PlantedBugsDocument {
    private static final String HEAD = """
        # Planted bugs

        Bugs of the kind that SQL engines have had, planted one at a time into the engine's classes while a test runs,
        and what finds each. The plants are test code (`io.kadedb.sqltests.planted`); nothing of them is shipped. Every
        judge passes before a bug is planted and after it is taken back. Written by `PlantedBugTest` with `-Dupdate`.

        | bug | planted in | found by | records that fail | seconds |
        |---|---|---|---|---|
        """;

    private PlantedBugsDocument() {}

    /** A bug's judgement. */
    record Row(String firstFailure, int failures, double seconds) {}

    static Path project() {
        String root = System.getProperty("kadedb.root");
        return root == null ? Path.of("..") : Path.of(root);
    }

    static void write(Map<PlantedBug, Row> rows) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        rows.forEach((bug, row) -> text.append("| ")
                .append(bug.what())
                .append(" | `")
                .append(bug.place()
                        .substring(bug.place().lastIndexOf('.', bug.place().indexOf('#')) + 1))
                .append("` | `")
                .append(row.firstFailure())
                .append("` | ")
                .append(row.failures())
                .append(" | ")
                .append("%.1f".formatted(row.seconds()))
                .append(" |\n"));
        Files.writeString(project().resolve("docs/planted-bugs.md"), text.toString());
    }

    static String read() throws IOException {
        return Files.readString(project().resolve("docs/planted-bugs.md"));
    }
}
