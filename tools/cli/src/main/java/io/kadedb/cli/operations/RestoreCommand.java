package io.kadedb.cli.operations;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.Backups;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    /** To remove what was made, when the process is to end. */
    private static final int MOST_SECONDS = 30;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "3", paramLabel = "FILE TO DIR", description = "the backup, and the directory")
    private List<String> words = new ArrayList<>();

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public RestoreCommand() {}

    /** Restores; who ends the process meanwhile waits until what was made is removed. */
    private long restore() {
        CancelToken token = CancelToken.unbounded();
        CountDownLatch done = new CountDownLatch(1);
        Thread interrupted = new Thread(
                () -> {
                    token.cancel();
                    try {
                        var _ = done.await(MOST_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "kadedb-restore-end");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            return Backups.restore(Path.of(words.getFirst()), Path.of(words.getLast()), token);
        } finally {
            done.countDown();
            forget(interrupted);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends, and the hook with it.
        }
    }

    @Override
    public Integer call() {
        try {
            if (!words.get(1).equalsIgnoreCase("to")) {
                spec.commandLine().getErr().println("error 22023: say kadedb restore FILE TO DIR");
                return 1;
            }
            long pairs = restore();
            spec.commandLine().getOut().printf("Restored %s: %,d pairs.%n", words.getLast(), pairs);
            return 0;
        } catch (KadeException e) {
            spec.commandLine().getErr().println("error " + e.code().sqlState() + ": " + e.getMessage());
            return 1;
        }
    }
}
