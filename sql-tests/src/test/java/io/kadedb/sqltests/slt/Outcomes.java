package io.kadedb.sqltests.slt;

import io.kadedb.sqltests.database.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The outcomes of one script, for tests. */
final class Outcomes implements OutcomeSink {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<Outcome> all = new ArrayList<>();

    @Override
    public void accept(Outcome outcome) {
        all.add(outcome);
    }

    /** Runs a script; its text has to be readable. */
    static Outcomes of(Script script, Target target, Path folder) throws IOException, SQLException, ScriptException {
        return of(script, target, folder, LIMIT);
    }

    static Outcomes of(Script script, Target target, Path folder, Duration limit)
            throws IOException, SQLException, ScriptException {
        Outcomes outcomes = new Outcomes();
        try (SltReader reader = script.open();
                Deadlines deadlines = new Deadlines(limit, GRACE)) {
            SltRunner.run(reader, target, folder.toRealPath(), script.file(), deadlines.watch(() -> {}), outcomes);
        }
        return outcomes;
    }

    List<Outcome> all() {
        return List.copyOf(all);
    }

    long passed() {
        return all.stream()
                .filter(outcome -> outcome.verdict() instanceof Verdict.Passed)
                .count();
    }

    long failed() {
        return all.stream()
                .filter(outcome -> outcome.verdict() instanceof Verdict.Failed)
                .count();
    }

    long skipped() {
        return all.stream()
                .filter(outcome -> outcome.verdict() instanceof Verdict.Skipped)
                .count();
    }

    /** One text per failure. */
    List<String> failures() {
        return all.stream()
                .filter(outcome -> outcome.verdict() instanceof Verdict.Failed)
                .map(outcome -> String.join("\n", outcome.report()))
                .toList();
    }

    /** The lines whose records failed. */
    List<Integer> failedLines() {
        return all.stream()
                .filter(outcome -> outcome.verdict() instanceof Verdict.Failed)
                .map(outcome -> outcome.record().line())
                .toList();
    }
}
