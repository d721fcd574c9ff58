package io.kadedb.sqltests.corpus;

import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.slt.Deadlines;
import io.kadedb.sqltests.slt.Outcome;
import io.kadedb.sqltests.slt.Script;
import io.kadedb.sqltests.slt.ScriptException;
import io.kadedb.sqltests.slt.SltReader;
import io.kadedb.sqltests.slt.SltRecord;
import io.kadedb.sqltests.slt.SltRunner;
import io.kadedb.sqltests.slt.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs one file of the corpus, and asks PostgreSQL about what failed. Belongs to one thread. */
final class CorpusFile {
    private static final int MOST_TEXT = 300;

    private final Script script;
    private final Sample sample;
    private final SortedMap<Integer, String> suspects = new TreeMap<>();
    private long queries;
    private long statements;
    private long passed;
    private long foreign;

    CorpusFile(Script script, Sample sample) {
        this.script = script;
        this.sample = sample;
    }

    FileTally run(Target target, PostgresJudge judge, Path folder, Deadlines.Watch watch)
            throws IOException, SQLException, ScriptException {
        long start = System.nanoTime();
        try (SltReader reader = script.open()) {
            PickedRecords records = new PickedRecords(reader, record -> sample.keeps(script.name(), record));
            SltRunner.run(records, target, folder, Optional.empty(), watch, this::count);
            countRest(records);
        }
        Map<Integer, String> refusals = suspects.isEmpty()
                ? Map.of()
                : judge.refusals(script, new TreeMap<>(suspects).navigableKeySet(), target.engines(), watch);
        Map<String, Long> excluded = new HashMap<>();
        List<String> failures = new ArrayList<>();
        suspects.forEach((line, text) -> {
            String reason = refusals.get(line);
            if (reason == null) {
                failures.add(script.name() + ":" + line + " " + text);
            } else {
                excluded.merge(reason, 1L, Long::sum);
            }
        });
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new FileTally(script.name(), queries, statements, passed, foreign, excluded, failures, millis);
    }

    private void count(Outcome outcome) {
        countRecord(outcome.record());
        switch (outcome.verdict()) {
            case Verdict.Passed p -> passed++;
            case Verdict.Skipped s -> foreign++;
            case Verdict.Failed failed -> {
                String difference = String.join(" ", failed.difference());
                String text = failed.what() + ": " + outcome.sql() + "; " + difference;
                String line = text.replaceAll("\\s+", " ");
                suspects.put(outcome.record().line(), line.length() > MOST_TEXT ? line.substring(0, MOST_TEXT) : line);
            }
        }
    }

    /** What is behind a halt. */
    private void countRest(PickedRecords records) throws IOException, ScriptException {
        for (SltRecord record = records.next(); record != null; record = records.next()) {
            if (countRecord(record)) {
                foreign++;
            }
        }
    }

    private boolean countRecord(SltRecord record) {
        switch (record.action()) {
            case SltRecord.Query query -> queries++;
            case SltRecord.Statement statement -> statements++;
            default -> {
                return false;
            }
        }
        return true;
    }
}
