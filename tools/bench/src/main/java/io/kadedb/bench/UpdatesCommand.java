package io.kadedb.bench;

import io.kadedb.bench.load.LoadedTable;
import io.kadedb.bench.load.UpdatedShare;
import io.kadedb.bench.measure.Duel;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.Host;
import io.kadedb.bench.measure.Outcome;
import io.kadedb.bench.measure.Sample;
import io.kadedb.bench.measure.SuiteReport;
import io.kadedb.bench.tpch.TpchData;
import io.kadedb.bench.tpch.TpchQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code kadedb bench updates}: Q1 and Q6 over lineitem of which a share was updated and not folded since, beside the same
 * rows in a database that was folded.
 */
@Command(
        name = "updates",
        description = "Q1 and Q6, derived from TPC-H, before and after updated rows are folded. Not a TPC result.",
        mixinStandardHelpOptions = true)
final class UpdatesCommand implements Callable<Integer> {
    private static final String SETTLED = "settled";
    private static final List<Integer> QUERIES = List.of(1, 6);

    @Option(names = "--scale", defaultValue = "1", description = "Scale factor; 1 is 6 million rows. Default: 1.")
    private BigDecimal scale = BigDecimal.ONE;

    @Option(names = "--share", defaultValue = "0.1", description = "Of the rows, that are updated. Default: 0.1.")
    private double share;

    @Option(names = "--runs", defaultValue = "7", description = "Measured runs of each query. Default: 7.")
    private int runs;

    @Option(names = "--json", description = "Writes the report as JSON to this file.")
    private Optional<Path> json;

    @Spec
    private CommandSpec spec;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    UpdatesCommand() {}

    @Override
    public Integer call() throws IOException {
        return Folders.runInTemporary(spec, this::run);
    }

    private boolean run(Path folder, PrintWriter out) throws IOException, SQLException {
        out.println("lineitem derived from TPC-H; not a TPC result");
        out.println("host: " + Host.describe());
        Path csv = TpchData.generate("lineitem", scale.doubleValue(), folder.resolve("csv"));
        LoadedTable updated = table(folder.resolve("updated"), csv);
        LoadedTable settled = table(folder.resolve(SETTLED), csv);
        try {
            updated.load();
            settled.load();
            try (Connection our = updated.engine().connect();
                    Connection their = settled.engine().connect()) {
                updated.engine().describe(our).forEach(out::println);
                update(our, "updated", out);
                update(their, SETTLED, out);
                UpdatedShare.fold(their);
                return measure(our, their, out);
            }
        } finally {
            updated.remove();
            settled.remove();
        }
    }

    private static LoadedTable table(Path folder, Path csv) {
        return new LoadedTable(folder, data -> Engine.ours("jdbc:kadedb:file:" + data), csv);
    }

    private void update(Connection connection, String name, PrintWriter out) throws SQLException {
        long start = System.nanoTime();
        long rows = UpdatedShare.update(connection, share);
        out.printf(Locale.ROOT, "%s: %d rows updated in %.1f s%n", name, rows, (System.nanoTime() - start) / 1e9);
        out.flush();
    }

    private boolean measure(Connection our, Connection their, PrintWriter out) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        Duel duel = new Duel(SETTLED, 2, runs);
        out.println(SuiteReport.header());
        for (int number : QUERIES) {
            TpchQuery query = TpchQuery.of(number, scale, Map.of());
            Outcome outcome = duel.run(
                    query.name(),
                    round -> Sample.take(our, query.sql(), query.approximate()),
                    round -> Sample.take(their, query.sql(), query.approximate()));
            outcomes.add(outcome);
            out.println(SuiteReport.row(outcome));
            out.flush();
        }
        SuiteReport report =
                new SuiteReport("updates", scale.toPlainString(), "default", SETTLED, Host.describe(), outcomes);
        out.println(report.summary());
        out.flush();
        if (json.isPresent()) {
            report.writeJson(json.get());
        }
        return report.isRight();
    }
}
