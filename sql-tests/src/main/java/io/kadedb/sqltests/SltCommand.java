package io.kadedb.sqltests;

import io.kadedb.sqltests.slt.SltRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kadedb slt PATH...}: runs SQL logic tests. Exit codes: 0, 1 when a record failed, 2 for wrong arguments. */
@Command(name = "slt", description = "Runs SQL logic tests.", mixinStandardHelpOptions = true)
public final class SltCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "files of SQL logic tests")
    private List<Path> paths;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public SltCommand() {}

    @Override
    public Integer call() throws IOException, SQLException {
        PrintWriter out = spec.commandLine().getOut();
        SltRun run = new SltRun();
        for (Path path : paths) {
            run.file(path.toString(), Files.readString(path));
        }
        run.found().forEach(out::println);
        out.println(
                run.checked() - run.found().size() + " passed, " + run.found().size() + " failed, 0 skipped");
        return run.found().isEmpty() ? 0 : 1;
    }
}
