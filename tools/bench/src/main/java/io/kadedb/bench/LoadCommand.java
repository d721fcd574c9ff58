package io.kadedb.bench;

import io.kadedb.bench.load.LoadedTable;
import io.kadedb.bench.measure.Duel;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.Host;
import io.kadedb.bench.measure.Outcome;
import io.kadedb.bench.measure.SuiteReport;
import io.kadedb.bench.tpch.TpchData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb bench load}: COPY of lineitem into a new database, what is stored then, and how fast it is read. */
@Command(
        name = "load",
        description = "Loads lineitem, derived from TPC-H, beside DuckDB. Not a TPC result.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    @Option(names = "--scale", defaultValue = "1", description = "Scale factor; 1 is 6 million rows. Default: 1.")
    private double scale;

    @Option(
            names = "--growth",
            defaultValue = "2",
            description = "How many times the data of the second load; 1 for no second load. Default: 2.")
    private double growth;

    @Option(names = "--runs", defaultValue = "3", description = "Measured loads, after a first one. Default: 3.")
    private int runs;

    @Option(names = "--scans", defaultValue = "7", description = "Measured scans of each kind. Default: 7.")
    private int scans;

    @Option(names = "--url", description = "Ours in a folder that stands for %%s. Default: jdbc:kadedb:file:%%s.")
    private Optional<String> url;

    @Option(names = "--json", description = "Writes the report as JSON to this file.")
    private Optional<Path> json;

    @Spec
    private CommandSpec spec;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    LoadCommand() {}

    @Override
    public Integer call() throws IOException {
        return Folders.runInTemporary(spec, this::run);
    }

    private boolean run(Path folder, PrintWriter out) throws IOException, SQLException {
        out.println("lineitem derived from TPC-H; not a TPC result");
        out.println("host: " + Host.describe());
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.addAll(measure(folder, scale, out));
        if (growth != 1) {
            List<Outcome> grown = measure(folder, scale * growth, out);
            for (int i = 0; i < grown.size(); i++) {
                tellGrowth(outcomes.get(i), grown.get(i), out);
            }
            outcomes.addAll(grown);
        }
        SuiteReport report = new SuiteReport(
                "load", String.valueOf(scale), "default", outcomes.getFirst().peer(), Host.describe(), outcomes);
        out.println(report.summary());
        out.flush();
        if (json.isPresent()) {
            report.writeJson(json.get());
        }
        return report.isRight();
    }

    private void tellGrowth(Outcome small, Outcome large, PrintWriter out) {
        if (small instanceof Outcome.Measured before && large instanceof Outcome.Measured after) {
            out.printf(
                    Locale.ROOT,
                    "%s with %.1f times the data: ours %.2f times, theirs %.2f times%n",
                    before.name(),
                    growth,
                    after.ours().medianMillis() / before.ours().medianMillis(),
                    after.theirs().medianMillis() / before.theirs().medianMillis());
        }
    }

    private List<Outcome> measure(Path folder, double size, PrintWriter out) throws IOException, SQLException {
        String name = "scale=" + (size == Math.rint(size) ? String.valueOf((long) size) : String.valueOf(size));
        Path csv = TpchData.generate("lineitem", size, folder.resolve("csv"));
        out.printf(Locale.ROOT, "%s: CSV of %.1f MB%n", name, Files.size(csv) / 1e6);
        LoadedTable ours = new LoadedTable(folder.resolve("ours"), ourEngine(), csv);
        LoadedTable theirs = new LoadedTable(
                folder.resolve("theirs"),
                data -> Engine.duckdb(data.resolve("duckdb.db").toString()),
                csv);
        try {
            return measure(name, ours, theirs, out);
        } finally {
            ours.remove();
            theirs.remove();
            Files.delete(csv);
        }
    }

    private Function<Path, Engine> ourEngine() {
        String form = url.orElse("jdbc:kadedb:file:%s");
        return data -> Engine.ours(form.replace("%s", data.toString()));
    }

    private List<Outcome> measure(String name, LoadedTable ours, LoadedTable theirs, PrintWriter out)
            throws IOException, SQLException {
        List<Outcome> outcomes = new ArrayList<>();
        Outcome loaded = new Duel(theirs.engine().name(), 0, runs)
                .run("load " + name, round -> ours.load(), round -> theirs.load());
        String peer = describe(ours, theirs, out);
        out.println(SuiteReport.header());
        add(loaded, outcomes, out);
        if (loaded instanceof Outcome.Failed) {
            return outcomes;
        }
        Duel duel = new Duel(peer, 1, scans);
        add(duel.run("opened scan " + name, round -> ours.scanOpened(), round -> theirs.scanOpened()), outcomes, out);
        try (Connection our = ours.engine().connect();
                Connection their = theirs.engine().connect()) {
            add(
                    duel.run("warm scan " + name, round -> LoadedTable.scan(our), round -> LoadedTable.scan(their)),
                    outcomes,
                    out);
        }
        out.printf(
                Locale.ROOT,
                "stored %s: ours %.1f MB, theirs %.1f MB, ratio %.2f%n",
                name,
                ours.storedBytes() / 1e6,
                theirs.storedBytes() / 1e6,
                (double) ours.storedBytes() / theirs.storedBytes());
        out.flush();
        return outcomes;
    }

    private static String describe(LoadedTable ours, LoadedTable theirs, PrintWriter out) throws SQLException {
        try (Connection our = ours.engine().connect();
                Connection their = theirs.engine().connect()) {
            ours.engine().describe(our).forEach(out::println);
            theirs.engine().describe(their).forEach(out::println);
            return theirs.engine().name() + " " + their.getMetaData().getDatabaseProductVersion();
        }
    }

    private static void add(Outcome outcome, List<Outcome> outcomes, PrintWriter out) {
        outcomes.add(outcome);
        out.println(SuiteReport.row(outcome));
        out.flush();
    }
}
