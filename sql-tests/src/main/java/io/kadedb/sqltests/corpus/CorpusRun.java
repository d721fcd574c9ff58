package io.kadedb.sqltests.corpus;

import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.slt.Deadlines;
import io.kadedb.sqltests.slt.Script;
import io.kadedb.sqltests.slt.ScriptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs files of the corpus on a target, some of them at a time, each in a database of its own. */
public final class CorpusRun {
    private static final Logger LOG = LoggerFactory.getLogger(CorpusRun.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Target target;
    private final Sample sample;
    private final int jobs;
    private final Duration limit;

    /**
     * @param jobs how many files run at the same time
     * @param limit how long a statement may take
     */
    public CorpusRun(Target target, Sample sample, int jobs, Duration limit) {
        this.target = target;
        this.sample = sample;
        this.jobs = jobs;
        this.limit = limit;
    }

    /**
     * Runs the files and returns when the last has ended.
     *
     * @param finished told of each file, one at a time
     * @throws InterruptedException when the thread is interrupted; files that run are given up
     */
    public void run(List<Script> scripts, Consumer<FileTally> finished) throws IOException, InterruptedException {
        Semaphore places = new Semaphore(jobs);
        Path folder = Files.createTempDirectory("kadedb-corpus-").toRealPath();
        try (Deadlines deadlines = new Deadlines(limit, GRACE);
                PostgresJudge judge = new PostgresJudge(folder)) {
            for (Script script : scripts) {
                places.acquire();
                AtomicBoolean ended = new AtomicBoolean();
                Consumer<FileTally> once = tally -> {
                    if (!ended.getAndSet(true)) {
                        synchronized (this) {
                            finished.accept(tally);
                        }
                        places.release();
                    }
                };
                Thread.ofPlatform()
                        .name("corpus-" + script.name())
                        .daemon()
                        .start(() -> once.accept(tally(script, judge, folder, deadlines, once)));
            }
            places.acquire(jobs);
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private FileTally tally(
            Script script, PostgresJudge judge, Path folder, Deadlines deadlines, Consumer<FileTally> once) {
        Deadlines.Watch watch = deadlines.watch(() -> once.accept(broken(script, "a statement never ended")));
        try {
            return new CorpusFile(script, sample).run(target, judge, folder, watch);
        } catch (IOException | SQLException | ScriptException | RuntimeException | Error e) {
            LOG.error("{} cannot be run", script.name(), e);
            return broken(script, "it cannot be run: " + e);
        }
    }

    private static FileTally broken(Script script, String why) {
        return new FileTally(script.name(), 0, 0, 0, 0, Map.of(), List.of(script.name() + ": " + why), 0);
    }
}
