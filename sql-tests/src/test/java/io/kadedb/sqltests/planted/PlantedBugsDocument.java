package io.kadedb.sqltests.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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

    private static final String CASES = "## By the fuzzer\n\n";

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
        String known = read();
        int rest = known.indexOf("\n## ");
        Files.writeString(project().resolve("docs/planted-bugs.md"), rest < 0 ? text : text + known.substring(rest));
    }

    /** A case of the fuzzer that finds a bug. */
    record Case(long number, String judge, double seconds) {}

    /** Writes what the fuzzer finds below what the logic files find. */
    static void writeCases(Map<PlantedBug, Optional<Case>> found, long seed, Duration time) throws IOException {
        String known = read();
        int cases = known.indexOf(CASES);
        StringBuilder text = new StringBuilder(cases < 0 ? known + "\n" : known.substring(0, cases));
        text.append(CASES)
                .append("What `./kadedb fuzz --peers postgresql,duckdb --seed ")
                .append(seed)
                .append("` finds in ")
                .append(time.toSeconds())
                .append(" seconds each: the first\ncase that is wrong with the bug and right without it. Written by")
                .append(" `FuzzedBugsTest` with `-Dupdate`.\n\n| bug | case | judge | seconds |\n|---|---|---|---|\n");
        found.forEach((bug, first) -> text.append("| ")
                .append(bug.what())
                .append(" | ")
                .append(first.map(it -> "%d | %s | %.1f".formatted(it.number(), it.judge(), it.seconds()))
                        .orElse("not found | | "))
                .append(" |\n"));
        Files.writeString(project().resolve("docs/planted-bugs.md"), text.toString());
    }

    static String read() throws IOException {
        return Files.readString(project().resolve("docs/planted-bugs.md"));
    }
}
