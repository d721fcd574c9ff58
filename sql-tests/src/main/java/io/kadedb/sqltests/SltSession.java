package io.kadedb.sqltests;

import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.slt.Completions;
import io.kadedb.sqltests.slt.FileResult;
import io.kadedb.sqltests.slt.Journal;
import io.kadedb.sqltests.slt.Outcome;
import io.kadedb.sqltests.slt.RunReport;
import io.kadedb.sqltests.slt.Script;
import io.kadedb.sqltests.slt.SltRun;
import io.kadedb.sqltests.slt.Tally;
import io.kadedb.sqltests.slt.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the command: prints failures as they come and the counts at the end, also when it is interrupted. */
final class SltSession implements RunReport {
    private static final Logger LOG = LoggerFactory.getLogger(SltSession.class);

    private final Target target;
    private final Duration limit;
    private final PrintWriter out;
    private final int failuresShown;
    private final boolean filesShown;
    private final Tally tally = new Tally();
    private final Map<String, Integer> failures = new HashMap<>();
    private @Nullable Journal journal;
    private boolean ended;

    SltSession(Target target, Duration limit, PrintWriter out, int failuresShown, boolean filesShown) {
        this.target = target;
        this.limit = limit;
        this.out = out;
        this.failuresShown = failuresShown;
        this.filesShown = filesShown;
    }

    /** Runs the scripts; gives the exit code. */
    int run(List<Script> scripts, int jobs, @Nullable Path resume, String shard) throws IOException {
        Thread interruption = new Thread(this::interrupted, "slt-interrupted");
        Runtime.getRuntime().addShutdownHook(interruption);
        try (Journal opened = resume == null ? null : Journal.open(resume, target.name() + ", shard " + shard)) {
            journal = opened;
            List<Script> left = new ArrayList<>();
            for (Script script : scripts) {
                Optional<FileResult> before = opened == null ? Optional.empty() : opened.result(script.name());
                before.ifPresentOrElse(tally::addEarlier, () -> left.add(script));
            }
            if (left.size() < scripts.size()) {
                out.println(scripts.size() - left.size() + " of " + scripts.size() + " files were finished before");
            }
            new SltRun(target, jobs, limit, this).run(left);
            tellCounts("");
        } finally {
            forget(interruption);
        }
        return exitCode();
    }

    private static void forget(Thread interruption) {
        try {
            Runtime.getRuntime().removeShutdownHook(interruption);
        } catch (IllegalStateException e) {
            // The process ends already; the counts are told once, by the hook or before.
            LOG.debug("interrupted at the end", e);
        }
    }

    private synchronized void tellCounts(String first) {
        if (ended) {
            return;
        }
        ended = true;
        if (!first.isEmpty()) {
            out.println(first);
        }
        tally.lines().forEach(out::println);
        out.flush();
    }

    private void interrupted() {
        tellCounts("interrupted; what was done:");
    }

    private int exitCode() {
        if (!tally.unreadable().isEmpty()) {
            return 2;
        }
        return tally.failed() > 0 ? 1 : 0;
    }

    @Override
    public synchronized void accept(Outcome outcome) {
        tally.add(outcome.verdict());
        if (outcome.verdict() instanceof Verdict.Failed
                && failures.merge(outcome.script(), 1, Integer::sum) <= failuresShown) {
            outcome.report().forEach(out::println);
            out.flush();
        }
    }

    @Override
    public synchronized void finished(FileResult result) {
        tally.addFile(result);
        result.unreadable().ifPresent(out::println);
        Integer count = failures.remove(result.script());
        if (count != null && count > failuresShown) {
            out.println(result.script() + ": " + (count - failuresShown) + " more failures");
        }
        if (filesShown) {
            out.println(result.script() + ": " + result.passed() + " passed, " + result.failed() + " failed, "
                    + result.skipped() + " skipped");
        }
        out.flush();
        Journal notes = journal;
        if (notes != null) {
            try {
                notes.add(result);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Rewrites the scripts' files with what the database answers; gives the exit code. */
    int complete(List<Script> scripts) throws IOException {
        Completions completions = new Completions(target, limit);
        boolean whole = true;
        for (Script script : scripts) {
            Completions.Result result = completions.complete(script);
            out.println(script.name() + (result.changed() ? ": rewritten" : ": is as the database answers"));
            result.problems().forEach(out::println);
            out.flush();
            whole &= result.problems().isEmpty();
        }
        return whole ? 0 : 1;
    }
}
