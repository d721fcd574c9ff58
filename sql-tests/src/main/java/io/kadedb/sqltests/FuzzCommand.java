package io.kadedb.sqltests;

import io.kadedb.sqltests.fuzz.FuzzRun;
import io.kadedb.sqltests.fuzz.generate.Wanted;
import io.kadedb.sqltests.fuzz.sql.Construct;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code kadedb fuzz}: random statements, judged by other databases and by themselves. Exit codes: 0, 1 with mismatches,
 * 2 for wrong arguments.
 */
@Command(
        name = "fuzz",
        description = "Runs random statements on KadeDB and other databases, and compares their answers.",
        mixinStandardHelpOptions = true)
public final class FuzzCommand implements Callable<Integer> {
    @Option(
            names = "--peers",
            split = ",",
            defaultValue = "postgresql,duckdb",
            description = "What to compare with: postgresql, duckdb, sqlite, h2, or none. Default: ${DEFAULT-VALUE}.")
    private List<String> peers;

    @Option(names = "--seed", description = "Of all random choices. Default: another one each time.")
    private Optional<Long> seed;

    @Option(names = "--case", description = "Runs this case only.")
    private Optional<Long> only;

    @Option(names = "--cases", defaultValue = "9223372036854775807", description = "Ends after so many cases.")
    private long cases;

    @Option(names = "--time", defaultValue = "60s", description = "Ends after this time, as 30s or 10m. Default: 60s.")
    private String time;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "NAME",
            description = "Makes no statements with these constructs, which have the names of the summary with '-'"
                    + " between words; 'subqueries' stands for all of them.")
    private List<String> without = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Writes each failing case as a logic file here.")
    private Optional<Path> folder;

    @Spec
    private CommandSpec spec;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public FuzzCommand() {}

    @Override
    public Integer call() throws IOException, SQLException {
        Set<String> chosen = peers.equals(List.of("none")) ? Set.of() : Set.copyOf(peers);
        for (String peer : chosen) {
            if (!FuzzRun.PEERS.contains(peer)) {
                throw new ParameterException(
                        spec.commandLine(), "no peer '" + peer + "'; there are " + String.join(", ", FuzzRun.PEERS));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        FuzzRun run = new FuzzRun(
                seed.orElseGet(System::nanoTime),
                only.orElse(0L),
                only.isPresent() ? 1 : cases,
                duration(),
                chosen,
                wanted(),
                folder);
        return run.run(out) == 0 ? 0 : 1;
    }

    private Wanted wanted() {
        Set<Construct> constructs = EnumSet.noneOf(Construct.class);
        for (String name : without) {
            constructs.addAll(Wanted.constructs(name)
                    .orElseThrow(() -> new ParameterException(spec.commandLine(), "no construct '" + name + "'")));
        }
        return new Wanted(constructs);
    }

    private Duration duration() {
        String text = time.strip().toUpperCase(Locale.ROOT);
        try {
            return Duration.parse("PT" + (text.matches("[0-9]+") ? text + "S" : text));
        } catch (java.time.format.DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), "no time: " + time, e);
        }
    }
}
