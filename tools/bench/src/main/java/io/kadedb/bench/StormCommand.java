package io.kadedb.bench;

import io.kadedb.bench.measure.Host;
import io.kadedb.bench.storm.OneRow;
import io.kadedb.bench.storm.RandomLines;
import io.kadedb.bench.storm.Storm;
import io.kadedb.bench.storm.StormRun;
import io.kadedb.bench.tpch.TpchData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb bench storm}: what the history of many updates takes on disk. */
@Command(
        name = "storm",
        description = "Updates rows over and over, and measures how large the database becomes and how much it writes.",
        mixinStandardHelpOptions = true)
final class StormCommand implements Callable<Integer> {
    @Option(
            names = "--storms",
            split = ",",
            defaultValue = "one_row,lineitem",
            description = "Which: one_row, lineitem. Default: both.")
    private List<Kind> storms;

    @Option(names = "--updates", defaultValue = "1000000", description = "Updates of the one row. Default: 1000000.")
    private long updates;

    @Option(names = "--scale", defaultValue = "1", description = "Scale factor of TPC-H. Default: 1.")
    private double scale;

    @Option(names = "--share", defaultValue = "0.01", description = "Of lineitem, a minute. Default: 0.01.")
    private double share;

    @Option(names = "--minutes", defaultValue = "10", description = "How long lineitem is updated. Default: 10.")
    private double minutes;

    @Option(names = "--retention", defaultValue = "60", description = "Seconds of history. Default: 60.")
    private long retention;

    @Option(
            names = "--calm",
            defaultValue = "65",
            description = "Seconds without shrinking after which the size is settled. Default: 65.")
    private long calm;

    @Option(names = "--most", defaultValue = "3", description = "How many times the settled size is right. Default: 3.")
    private double most;

    @Option(names = "--seed", defaultValue = "1", description = "Of the rows that are drawn. Default: 1.")
    private long seed;

    @Option(names = "--data", description = "Folder of TPC-H's files, kept. Default: a temporary one, removed.")
    private Optional<Path> data;

    @Spec
    private CommandSpec spec;

    /** What is updated. */
    enum Kind {
        one_row,
        lineitem
    }

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    StormCommand() {}

    @Override
    public Integer call() throws IOException {
        return Folders.runInTemporary(spec, this::run);
    }

    private boolean run(Path folder, PrintWriter out) throws IOException, SQLException {
        out.println("host: " + Host.describe());
        boolean right = true;
        for (Kind kind : storms) {
            StormRun run = new StormRun(folder.resolve(kind.name()), retention, calm, out);
            right &= run.run(storm(kind, folder)) <= most;
        }
        return right;
    }

    private Storm storm(Kind kind, Path folder) throws IOException {
        return switch (kind) {
            case one_row -> new OneRow(updates);
            case lineitem -> {
                Path files = data.orElse(folder.resolve("tpch"));
                TpchData.generate(scale, files);
                yield new RandomLines(files, share, minutes, seed);
            }
        };
    }
}
