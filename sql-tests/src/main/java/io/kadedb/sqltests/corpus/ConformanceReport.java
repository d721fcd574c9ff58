package io.kadedb.sqltests.corpus;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run of the corpus gave, as a page of documentation. */
public final class ConformanceReport {
    private static final int MOST_FAILURES = 50;
    private static final int MOST_REASONS = 40;

    private final List<FileTally> tallies;
    private final String target;
    private final Sample sample;
    private final LocalDate date;

    /**
     * @param target what the corpus ran on
     * @param date of the run's end
     */
    public ConformanceReport(List<FileTally> tallies, String target, Sample sample, LocalDate date) {
        this.tallies =
                tallies.stream().sorted(Comparator.comparing(FileTally::script)).toList();
        this.target = target;
        this.sample = sample;
        this.date = date;
    }

    /** Files, records and results of one folder, or of all. */
    private static final class Sum {
        private long files;
        private long queries;
        private long statements;
        private long foreign;
        private long passed;
        private long excluded;
        private long failed;

        void add(FileTally tally) {
            files++;
            queries += tally.queries();
            statements += tally.statements();
            foreign += tally.foreign();
            passed += tally.passed();
            excluded += tally.excludedRecords();
            failed += tally.failures().size();
        }

        String row(String name) {
            return "| " + name + " | " + number(files) + " | " + number(queries) + " | " + number(statements) + " | "
                    + number(foreign) + " | " + number(passed) + " | " + number(excluded) + " | 0 | " + number(failed)
                    + " |";
        }
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** One line for the terminal. */
    public String summary() {
        Sum all = sum();
        return number(all.passed) + " passed, " + number(all.failed) + " failed, " + number(all.excluded)
                + " excluded by PostgreSQL, " + number(all.foreign) + " for other engines, in " + number(all.files)
                + " of " + Corpus.FILES + " files";
    }

    private Sum sum() {
        Sum all = new Sum();
        tallies.forEach(all::add);
        return all;
    }

    /** Whether a record failed for which PostgreSQL is no excuse. */
    public boolean hasFailures() {
        return tallies.stream().anyMatch(tally -> !tally.failures().isEmpty());
    }

    /** The page, in Markdown. */
    public String page() {
        List<String> lines = new ArrayList<>();
        lines.add("# Conformance: SQLite's corpus of logic tests");
        lines.add("");
        lines.add("Written by `./kadedb corpus --report docs/sql-conformance.md`; see HACKING.md for its options. The"
                + " corpus is");
        lines.add("`net.hydromatic:sql-logic-test` 0.3: " + Corpus.FILES
                + " files with 7,195,342 queries and 225,368 statements, streamed from");
        lines.add(
                "its jar. A record that fails is asked of PostgreSQL 18 in the same run, on the same statements; it is"
                        + " excluded only");
        lines.add("if PostgreSQL refuses it or answers differently too. Records for other engines (`onlyif`, `skipif`,"
                + " behind a");
        lines.add("`halt`) do not run; those marked `skipif postgresql` do.");
        lines.add("");
        lines.add("Run on " + date + ", " + target + ", " + sample + ": **" + summary()
                + "**. The time of all files is " + time() + ", one thread each.");
        lines.add("");
        lines.add("| folder | files | queries | statements | for other engines | passed | excluded by PostgreSQL |"
                + " excluded otherwise | failed |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        Map<String, Sum> folders = new TreeMap<>();
        for (FileTally tally : tallies) {
            folders.computeIfAbsent(Corpus.folder(tally.script()), folder -> new Sum())
                    .add(tally);
        }
        folders.forEach((folder, sum) -> lines.add(sum.row(folder)));
        lines.add(sum().row("all"));
        reasons(lines);
        failures(lines);
        return String.join("\n", lines) + "\n";
    }

    private String time() {
        Duration time =
                Duration.ofMillis(tallies.stream().mapToLong(FileTally::millis).sum());
        return time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    private void reasons(List<String> lines) {
        Map<String, Long> reasons = new TreeMap<>();
        for (FileTally tally : tallies) {
            tally.excluded().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        }
        lines.add("");
        lines.add("## Excluded: what PostgreSQL says");
        lines.add("");
        lines.add("| records | PostgreSQL |");
        lines.add("|---|---|");
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_REASONS)
                .forEach(entry -> lines.add(
                        "| " + number(entry.getValue()) + " | " + entry.getKey().replace("|", "\\|") + " |"));
        if (reasons.size() > MOST_REASONS) {
            lines.add("| | and " + (reasons.size() - MOST_REASONS) + " more reasons |");
        }
    }

    private void failures(List<String> lines) {
        List<String> failures =
                tallies.stream().flatMap(tally -> tally.failures().stream()).toList();
        lines.add("");
        lines.add("## Failed");
        lines.add("");
        if (failures.isEmpty()) {
            lines.add("None.");
        }
        failures.stream().limit(MOST_FAILURES).forEach(failure -> lines.add("- `" + failure.replace("`", "'") + "`"));
        if (failures.size() > MOST_FAILURES) {
            lines.add("- and " + (failures.size() - MOST_FAILURES) + " more");
        }
    }
}
