package io.kadedb.bench;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How often the rows of a suite are measured, and where its report goes. */
final class RoundOptions {
    @Option(names = "--json", description = "Writes the report as JSON to this file.")
    private Optional<Path> json;

    @Option(names = "--warm-ups", defaultValue = "3", description = "Warm-up runs of each row. Default: 3.")
    private int warmUps;

    @Option(names = "--runs", defaultValue = "7", description = "Measured runs of each row. Default: 7.")
    private int runs;

    // Picocli sets the fields before the command is called.
    @SuppressWarnings("NullAway.Init")
    RoundOptions() {}

    Optional<Path> json() {
        return json;
    }

    int warmUps() {
        return warmUps;
    }

    int runs() {
        return runs;
    }
}
