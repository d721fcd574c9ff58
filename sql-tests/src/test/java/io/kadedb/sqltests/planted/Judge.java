package io.kadedb.sqltests.planted;

import io.kadedb.sqltests.database.EmbeddedTarget;
import io.kadedb.sqltests.slt.FileResult;
import io.kadedb.sqltests.slt.Outcome;
import io.kadedb.sqltests.slt.RunReport;
import io.kadedb.sqltests.slt.Script;
import io.kadedb.sqltests.slt.SltRun;
import io.kadedb.sqltests.slt.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs one of the logic files. */
final class Judge implements RunReport {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String file;
    private final List<String> failed = new ArrayList<>();
    private long records;

    private Judge(String file) {
        this.file = file;
    }

    /** The places of the records that failed. */
    static List<String> run(String file) {
        Judge judge = new Judge(file);
        Path path = PlantedBugsDocument.project().resolve("sql-tests/src/test/resources/slt/" + file + ".slt");
        new SltRun(new EmbeddedTarget(), 1, LIMIT, judge).run(List.of(Script.of(path)));
        if (judge.records == 0) {
            throw new IllegalStateException("nothing ran of " + path);
        }
        return List.copyOf(judge.failed);
    }

    @Override
    public void accept(Outcome outcome) {
        records++;
        if (outcome.verdict() instanceof Verdict.Failed) {
            failed.add(file + ".slt:" + outcome.record().line());
        }
    }

    @Override
    public void finished(FileResult result) {
        result.unreadable().ifPresent(failed::add);
    }
}
