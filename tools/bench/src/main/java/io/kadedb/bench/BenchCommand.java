package io.kadedb.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kadedb bench <suite>}: measures KadeDB beside a peer. */
@Command(
        name = "bench",
        description = "Measures KadeDB beside a peer; how is written in docs/benchmarking.md.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TpchCommand.class,
            OltpCommand.class,
            KvCommand.class,
            LoadCommand.class,
            UpdatesCommand.class,
            DocumentsCommand.class,
            GraphalyticsCommand.class,
            ParseCommand.class,
            StormCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    // Picocli sets the field before it runs the command.
    @SuppressWarnings("NullAway.Init")
    public BenchCommand() {}

    /** The command as a program of its own; exits with 0, 1 when a row is wrong, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which suite? for instance: kadedb bench tpch");
    }
}
