package io.kadedb.sqltests;

import io.kadedb.sqltests.crash.CrashRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb crash}: servers killed while clients work. Exit codes: 0, 1 when something was lost or wrong. */
@Command(
        name = "crash",
        description = "Kills servers at random moments while clients work, and checks what they leave.",
        mixinStandardHelpOptions = true)
public final class CrashCommand implements Callable<Integer> {
    @Option(
            names = "--kills",
            defaultValue = "100",
            description = "How many server processes. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--each",
            defaultValue = "12",
            description = "How many one after the other with the same databases. Default: ${DEFAULT-VALUE}.")
    private int each;

    @Option(
            names = "--databases",
            defaultValue = "6",
            description = "How many each server process has. Default: ${DEFAULT-VALUE}.")
    private int databases;

    @Option(names = "--seed", description = "Of all random choices. Default: another one each time.")
    private Optional<Long> seed;

    @Option(names = "--out", paramLabel = "DIR", description = "Where databases lie. Default: a temporary folder.")
    private Optional<Path> folder;

    @Spec
    private CommandSpec spec;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public CrashCommand() {}

    @Override
    public Integer call() throws IOException {
        Path place = folder.isPresent() ? folder.get() : Files.createTempDirectory("kadedb-crash");
        CrashRun run = new CrashRun(
                seed.orElseGet(System::nanoTime),
                kills,
                each,
                databases,
                spec.commandLine().getOut());
        return run.run(place.toAbsolutePath()) ? 0 : 1;
    }
}
