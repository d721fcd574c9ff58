package io.kadedb.sqltests.slt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The counts of a run. */
public final class Tally {
    private static final int MOST_REASONS = 200;
    private static final int REASONS_SHOWN = 12;

    private final Map<String, Long> reasons = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private long files;
    private long filesWithFailures;
    private long passed;
    private long failed;
    private long skipped;

    /** Counts a record. */
    public void add(Verdict verdict) {
        switch (verdict) {
            case Verdict.Passed p -> passed++;
            case Verdict.Failed f -> failed++;
            case Verdict.Skipped(String why) -> {
                skipped++;
                if (reasons.containsKey(why) || reasons.size() < MOST_REASONS) {
                    reasons.merge(why, 1L, Long::sum);
                }
            }
        }
    }

    /** Counts a file that has ended, without its records. */
    public void addFile(FileResult result) {
        files++;
        filesWithFailures += result.isGood() ? 0 : 1;
        result.unreadable().ifPresent(unreadable::add);
    }

    /** Counts a file of an earlier sitting, with its records. */
    public void addEarlier(FileResult result) {
        addFile(result);
        passed += result.passed();
        failed += result.failed();
        skipped += result.skipped();
    }

    public long failed() {
        return failed;
    }

    /** Why files could not be read to their ends. */
    public List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    /** The lines that end a run's report; the last is {@code N passed, N failed, N skipped}. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(REASONS_SHOWN)
                .forEach(reason -> lines.add("skipped: " + reason.getValue() + " by " + reason.getKey()));
        lines.add(files
                + (files == 1 ? " file" : " files")
                + (filesWithFailures == 0 ? "" : ", " + filesWithFailures + " with failures"));
        lines.add(passed + " passed, " + failed + " failed, " + skipped + " skipped");
        return lines;
    }
}
