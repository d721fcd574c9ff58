package io.kadedb.cli.operations;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.Backups;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kadedb restore}: a directory of a backup. */
@Command(
        name = "restore",
        description = "Makes a database of a backup, in a new or empty directory, after the whole file was verified.",
        synopsisHeading = "Usage: kadedb restore FILE TO DIR%n",
        customSynopsis = "",
        mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "3", paramLabel = "FILE TO DIR", description = "the backup, and the directory")
    private List<String> words = new ArrayList<>();

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public RestoreCommand() {}

    @Override
    public Integer call() {
        try {
            if (!words.get(1).equalsIgnoreCase("to")) {
                spec.commandLine().getErr().println("error 22023: say kadedb restore FILE TO DIR");
                return 1;
            }
            long pairs = Backups.restore(Path.of(words.getFirst()), Path.of(words.getLast()), CancelToken.unbounded());
            spec.commandLine().getOut().printf("Restored %s: %,d pairs.%n", words.getLast(), pairs);
            return 0;
        } catch (KadeException e) {
            spec.commandLine().getErr().println("error " + e.code().sqlState() + ": " + e.getMessage());
            return 1;
        }
    }
}
