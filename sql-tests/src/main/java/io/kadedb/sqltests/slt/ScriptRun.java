package io.kadedb.sqltests.slt;

import io.kadedb.sqltests.database.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One script's run, in a thread of its own; it is given up when a statement never ends. */
final class ScriptRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptRun.class);

    private final Script script;
    private final Target target;
    private final Deadlines deadlines;
    private final Semaphore places;
    private final RunReport report;
    private long passed;
    private long failed;
    private long skipped;
    private boolean ended;

    /** @param places gets its place back at the end */
    ScriptRun(Script script, Target target, Deadlines deadlines, Semaphore places, RunReport report) {
        this.script = script;
        this.target = target;
        this.deadlines = deadlines;
        this.places = places;
        this.report = report;
    }

    @Override
    public void run() {
        String unreadable = null;
        try {
            try (OwnFolder folder = OwnFolder.create()) {
                runIn(folder.path());
            }
        } catch (ScriptException e) {
            unreadable = e.getMessage();
        } catch (IOException | UncheckedIOException e) {
            unreadable = script.name() + ": cannot be read: " + e;
        } catch (SQLException e) {
            count(broken("there is no database to run it on: " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            // A bug of the runner or of a driver: one file's, not the run's.
            LOG.error("{} cannot be run", script.name(), e);
            count(broken("it cannot be run: " + e));
        }
        end(unreadable);
    }

    private void runIn(Path folder) throws IOException, SQLException, ScriptException {
        Deadlines.Watch watch = deadlines.watch(this::giveUp);
        if (script.name().toLowerCase(Locale.ROOT).endsWith(".iq")) {
            QuidemScript.run(script, target, folder, watch, this::count);
            return;
        }
        try (SltReader reader = script.open()) {
            SltRunner.run(reader, target, folder, script.file(), watch, this::count);
        }
    }

    private void giveUp() {
        count(broken("a statement never ended; the file was given up"));
        end(null);
    }

    private Outcome broken(String what) {
        SltRecord none = new SltRecord(0, List.of(), 0, Optional.empty(), List.of(), new SltRecord.Comment());
        return new Outcome(script.name(), none, "", Optional.empty(), new Verdict.Failed(what, List.of()));
    }

    private void count(Outcome outcome) {
        synchronized (report) {
            if (ended) {
                return;
            }
            switch (outcome.verdict()) {
                case Verdict.Passed p -> passed++;
                case Verdict.Failed f -> failed++;
                case Verdict.Skipped s -> skipped++;
            }
            report.accept(outcome);
        }
    }

    private void end(@Nullable String unreadable) {
        synchronized (report) {
            if (ended) {
                return;
            }
            ended = true;
            report.finished(new FileResult(script.name(), passed, failed, skipped, Optional.ofNullable(unreadable)));
        }
        places.release();
    }
}
