package io.kadedb.cli;

import io.kadedb.cli.demo.DemoCommand;
import io.kadedb.cli.operations.BackupCommand;
import io.kadedb.cli.operations.CheckCommand;
import io.kadedb.cli.operations.RestoreCommand;
import io.kadedb.cli.server.ServerCommand;
import io.kadedb.cli.sql.SqlCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0, 1 when something failed, 2 for wrong arguments. */
@Command(
        name = "kadedb",
        description = "KadeDB: SQL and property graphs over one transactional key space.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            SqlCommand.class,
            ServerCommand.class,
            CheckCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            DemoCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class Main implements Runnable {
    /** Only there when their modules are on the class path, since they bring other databases along. */
    private static final List<Map.Entry<String, String>> OPTIONAL = List.of(
            Map.entry("bench", "io.kadedb.bench.BenchCommand"),
            Map.entry("slt", "io.kadedb.sqltests.SltCommand"),
            Map.entry("corpus", "io.kadedb.sqltests.CorpusCommand"),
            Map.entry("fuzz", "io.kadedb.sqltests.FuzzCommand"),
            Map.entry("crash", "io.kadedb.sqltests.CrashCommand"));

    @Spec
    private CommandSpec spec;

    // Picocli sets the field before it runs the command.
    @SuppressWarnings("NullAway.Init")
    public Main() {}

    /** Runs the process. */
    public static void main(String[] arguments) {
        int status = run(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
        System.exit(status);
    }

    /** Runs a command with its output going elsewhere; gives the exit code. */
    public static int run(PrintWriter out, PrintWriter errors, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        for (Map.Entry<String, String> each : OPTIONAL) {
            command(each.getValue()).ifPresent(command -> line.addSubcommand(each.getKey(), command));
        }
        // These reach the commands that are there by now.
        line.setOut(out).setErr(errors);
        line.setExecutionExceptionHandler((failure, command, result) -> {
            errors.println("error XX000: " + failure.getMessage());
            return 1;
        });
        int status = line.execute(arguments);
        out.flush();
        errors.flush();
        return status;
    }

    private static Optional<Object> command(String type) {
        try {
            return Optional.of(Class.forName(type).getDeclaredConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the command of " + type + " cannot be made", e);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
