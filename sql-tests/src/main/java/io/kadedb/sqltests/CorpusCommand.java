package io.kadedb.sqltests;

import io.kadedb.sqltests.corpus.ConformanceReport;
import io.kadedb.sqltests.corpus.Corpus;
import io.kadedb.sqltests.corpus.CorpusJournal;
import io.kadedb.sqltests.corpus.CorpusRun;
import io.kadedb.sqltests.corpus.FileTally;
import io.kadedb.sqltests.corpus.Sample;
import io.kadedb.sqltests.database.EmbeddedTarget;
import io.kadedb.sqltests.database.RemoteTarget;
import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.database.UrlTarget;
import io.kadedb.sqltests.slt.Script;
import io.kadedb.sqltests.slt.Shard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code kadedb corpus}: runs SQLite's corpus of logic tests. Exit codes: 0, 1 when a record failed, 2 for wrong
 * arguments.
 */
@Command(
        name = "corpus",
        description = "Runs SQLite's corpus of logic tests; PostgreSQL judges what fails.",
        mixinStandardHelpOptions = true)
public final class CorpusCommand implements Callable<Integer> {
    private static final int FAILURES_SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            description = "only files whose names begin so, such as random/expr or evidence (default: all)")
    private List<String> folders = new ArrayList<>();

    @Option(names = "--url", paramLabel = "URL", description = "a JDBC URL to run on (default: KadeDB in this process)")
    private @Nullable String url;

    @Option(names = "--remote", description = "run on KadeDB behind a server of this process")
    private boolean remote;

    @Option(
            names = "--sample",
            paramLabel = "PERCENT",
            description = "run this share of the queries, and all statements (default: ${DEFAULT-VALUE})",
            defaultValue = "100%")
    private String share;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "which sample (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private long seed;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "how many files run at the same time (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private int jobs;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "how long a statement may take (default: ${DEFAULT-VALUE})",
            defaultValue = "60")
    private int timeout;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "run only the I-th of N parts of the files",
            defaultValue = "1/1")
    private String shard;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "note finished files in this one, leave out those that it names, and report all of them")
    private @Nullable Path resume;

    @Option(names = "--report", paramLabel = "FILE", description = "write a page about the run here, in Markdown")
    private @Nullable Path report;

    private final List<FileTally> tallies = new ArrayList<>();

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public CorpusCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            if (jobs < 1 || timeout < 1) {
                throw new IllegalArgumentException("--jobs and --timeout are at least 1");
            }
            Sample sample = Sample.parse(share, seed);
            List<Script> scripts = scripts();
            try (Target target = target()) {
                return run(scripts, target, sample);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<Script> scripts() throws IOException {
        List<Script> chosen = Corpus.scripts().stream()
                .filter(script -> folders.isEmpty()
                        || folders.stream().anyMatch(folder -> script.name().startsWith("test/" + folder)))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no file of the corpus begins so: " + String.join(", ", folders));
        }
        return Shard.parse(shard).of(chosen);
    }

    private Target target() {
        if (url != null && remote) {
            throw new IllegalArgumentException("--url or --remote, not both");
        }
        if (url != null) {
            return new UrlTarget(url, Map.of(), List.of());
        }
        return remote ? new RemoteTarget(List.of()) : new EmbeddedTarget();
    }

    private int run(List<Script> scripts, Target target, Sample sample) throws IOException, InterruptedException {
        CorpusRun run = new CorpusRun(target, sample, jobs, Duration.ofSeconds(timeout));
        if (resume == null) {
            run.run(scripts, this::show);
        } else {
            try (CorpusJournal journal = CorpusJournal.open(resume, target.name() + ", " + sample)) {
                tallies.addAll(journal.finished());
                Set<String> before = new HashSet<>();
                tallies.forEach(tally -> before.add(tally.script()));
                List<Script> left = scripts.stream()
                        .filter(script -> !before.contains(script.name()))
                        .toList();
                run.run(left, tally -> {
                    show(tally);
                    note(journal, tally);
                });
            }
        }
        ConformanceReport page = new ConformanceReport(tallies, target.name(), sample, LocalDate.now(ZoneOffset.UTC));
        if (report != null) {
            Files.writeString(report, page.page());
        }
        spec.commandLine().getOut().println(page.summary());
        return page.hasFailures() ? 1 : 0;
    }

    private void show(FileTally tally) {
        tallies.add(tally);
        PrintWriter out = spec.commandLine().getOut();
        out.println(tally);
        tally.failures().stream().limit(FAILURES_SHOWN).forEach(out::println);
        out.flush();
    }

    private static void note(CorpusJournal journal, FileTally tally) {
        try {
            journal.add(tally);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
