package io.kadedb.bench;

import io.kadedb.bench.measure.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import picocli.CommandLine.Model.CommandSpec;

/** The folders that a benchmark works in. */
final class Folders {
    private Folders() {}

    /** What a suite does in a folder; tells whether all rows are right. */
    interface Suite {
        boolean run(Path folder, PrintWriter out) throws IOException, SQLException;
    }

    /**
     * Runs a suite in a new folder that is deleted in the end, and reports what the databases fail with.
     *
     * @return the exit code: 1 where something is wrong or failed
     */
    static int runInTemporary(CommandSpec spec, Suite suite) throws IOException {
        Path folder = Files.createTempDirectory("kadedb-bench");
        try {
            return run(folder, spec, suite);
        } finally {
            DataDirectory.delete(folder);
        }
    }

    /** As {@link #runInTemporary}, in a folder that stays. */
    static int run(Path folder, CommandSpec spec, Suite suite) throws IOException {
        try {
            return suite.run(folder.toAbsolutePath(), spec.commandLine().getOut()) ? 0 : 1;
        } catch (SQLException e) {
            spec.commandLine().getErr().println("bench: " + e.getSQLState() + " " + e.getMessage());
            return 1;
        }
    }
}
