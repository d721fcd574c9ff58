package io.kadedb.sqltests.slt;

import io.kadedb.sqltests.database.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Runs scripts on a target, some of them at a time, each in a database and a folder of its own. */
public final class SltRun {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Target target;
    private final int jobs;
    private final Duration limit;
    private final RunReport report;

    /**
     * @param jobs how many scripts run at the same time
     * @param limit how long a statement may take
     */
    public SltRun(Target target, int jobs, Duration limit, RunReport report) {
        this.target = target;
        this.jobs = jobs;
        this.limit = limit;
        this.report = report;
    }

    /** Runs the scripts and returns when the last has ended, or when the thread is interrupted. */
    public void run(List<Script> scripts) {
        Semaphore places = new Semaphore(jobs);
        try (Deadlines deadlines = new Deadlines(limit, GRACE)) {
            for (Script script : scripts) {
                places.acquire();
                ScriptRun run = new ScriptRun(script, target, deadlines, places, report);
                Thread.ofPlatform().name("slt-" + script.name()).daemon().start(run);
            }
            places.acquire(jobs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
