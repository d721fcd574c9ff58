package io.kadedb.bench;

import io.kadedb.bench.measure.DataDirectory;
import io.kadedb.bench.measure.Duel;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.Host;
import io.kadedb.bench.measure.Outcome;
import io.kadedb.bench.measure.Sample;
import io.kadedb.bench.measure.SuiteReport;
import io.kadedb.bench.tpch.TpchData;
import io.kadedb.bench.tpch.TpchLoader;
import io.kadedb.bench.tpch.TpchQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb bench tpch}: 22 queries derived from TPC-H, on KadeDB and on a peer in the same process. */
@Command(
        name = "tpch",
        description = "Runs 22 queries derived from TPC-H. Not a TPC result.",
        mixinStandardHelpOptions = true)
final class TpchCommand implements Callable<Integer> {
    @Option(names = "--scale", defaultValue = "1", description = "Scale factor; 1 is about 1 GB. Default: 1.")
    private BigDecimal scale;

    @Option(names = "--threads", split = ",", defaultValue = "1", description = "Thread counts to run. Default: 1.")
    private List<Integer> threads;

    @Option(names = "--peer", defaultValue = "duckdb", description = "What to compare with: duckdb.")
    private Peer peer;

    @Option(
            names = "--queries",
            split = ",",
            defaultValue = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22",
            description = "Which queries, for instance 1,6. Default: all.")
    private List<Integer> queries;

    @Option(names = "--url", description = "Where ours is. Default: a new database in the work folder.")
    private Optional<String> url;

    @Option(names = "--work", description = "Folder for files and databases, kept. Default: a temporary one, removed.")
    private Optional<Path> work;

    @Option(names = "--reuse", description = "Uses the databases that an earlier run left in the work folder.")
    private boolean reuse;

    @Mixin
    private RoundOptions rounds;

    @Spec
    private CommandSpec spec;

    /** Databases this command can compare with. */
    enum Peer {
        duckdb
    }

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    TpchCommand() {}

    @Override
    public Integer call() throws IOException {
        return work.isPresent() ? Folders.run(work.get(), spec, this::run) : Folders.runInTemporary(spec, this::run);
    }

    private boolean run(Path folder, PrintWriter out) throws IOException, SQLException {
        Path data = folder.resolve("tpch-" + scale.toPlainString());
        Path ourFolder = folder.resolve("kadedb-" + scale.toPlainString());
        Path theirFile = folder.resolve("duckdb-" + scale.toPlainString() + ".db");
        Engine ours = Engine.ours(url.orElse("jdbc:kadedb:file:" + ourFolder));
        Engine theirs = switch (peer) {
            case duckdb -> Engine.duckdb(theirFile.toString());
        };
        out.println("derived from TPC-H, scale " + scale.toPlainString() + "; not a TPC result");
        out.println("host: " + Host.describe());
        if (!reuse) {
            DataDirectory.delete(ourFolder);
            Files.deleteIfExists(theirFile);
            timed(out, "generated CSV files", () -> TpchData.generate(scale.doubleValue(), data));
            load(out, theirs, data);
        }
        if (!ours.isInMemory()) {
            if (!reuse) {
                load(out, ours, data);
            }
            return measure(out, ours, theirs);
        }
        // An in-memory database lives only as long as a connection to it.
        try (Connection keptOpen = ours.connect()) {
            timed(out, "loaded " + ours.name(), () -> TpchLoader.load(keptOpen, data));
            return measure(out, ours, theirs);
        }
    }

    private boolean measure(PrintWriter out, Engine ours, Engine theirs) throws IOException, SQLException {
        List<Outcome> outcomes = new ArrayList<>();
        String peerVersion = theirs.name();
        for (int count : threads) {
            try (Connection our = ours.connect();
                    Connection their = theirs.connect()) {
                ours.setThreads(our, count);
                theirs.setThreads(their, count);
                peerVersion = theirs.name() + " " + their.getMetaData().getDatabaseProductVersion();
                ours.describe(our).forEach(out::println);
                theirs.describe(their).forEach(out::println);
                out.println("threads " + count + ", " + rounds.warmUps() + " warm-ups, " + rounds.runs()
                        + " alternating runs, medians");
                out.println(SuiteReport.header());
                outcomes.addAll(
                        measure(out, new Duel(peerVersion, rounds.warmUps(), rounds.runs()), our, their, count));
            }
        }
        String threadList =
                String.join(",", threads.stream().map(String::valueOf).toList());
        SuiteReport report =
                new SuiteReport("tpch", scale.toPlainString(), threadList, peerVersion, Host.describe(), outcomes);
        out.println(report.summary());
        out.flush();
        if (rounds.json().isPresent()) {
            report.writeJson(rounds.json().get());
        }
        return report.isRight();
    }

    private List<Outcome> measure(PrintWriter out, Duel duel, Connection our, Connection their, int count) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int number : queries) {
            TpchQuery query = TpchQuery.of(number, scale, Map.of());
            Outcome outcome = duel.run(
                    query.name() + " threads=" + count,
                    round -> Sample.take(our, query.sql(), query.approximate()),
                    round -> Sample.take(their, query.sql(), query.approximate()));
            outcomes.add(outcome);
            out.println(SuiteReport.row(outcome));
            out.flush();
        }
        return outcomes;
    }

    private static void load(PrintWriter out, Engine engine, Path data) throws IOException, SQLException {
        try (Connection connection = engine.connect()) {
            timed(out, "loaded " + engine.name(), () -> TpchLoader.load(connection, data));
        }
    }

    /** Something that takes long enough to report. */
    private interface Step {
        void run() throws IOException, SQLException;
    }

    private static void timed(PrintWriter out, String what, Step step) throws IOException, SQLException {
        long start = System.nanoTime();
        step.run();
        out.printf(Locale.ROOT, "%s in %.2f s%n", what, (System.nanoTime() - start) / 1e9);
        out.flush();
    }
}
