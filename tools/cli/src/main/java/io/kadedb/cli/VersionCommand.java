package io.kadedb.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kadedb version}. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    // Picocli sets the field before it runs the command.
    @SuppressWarnings("NullAway.Init")
    VersionCommand() {}

    @Override
    public void run() {
        for (String line : new Version().getVersion()) {
            spec.commandLine().getOut().println(line);
        }
    }
}
