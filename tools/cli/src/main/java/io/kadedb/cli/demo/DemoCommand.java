package io.kadedb.cli.demo;

import io.kadedb.cli.sql.OutputFormat;
import io.kadedb.cli.sql.ScriptRunner;
import io.kadedb.cli.sql.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb demo}: loads real data into memory, tours it with SQL and graph patterns, and leaves a shell. */
@Command(
        name = "demo",
        description = "Loads airports, flights and a small TPC-H, and shows what can be asked of them.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final String URL = "jdbc:kadedb:mem:demo";

    @Spec
    private CommandSpec spec;

    @Option(names = "--no-shell", description = "end after the tour")
    private boolean noShell;

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description =
                    "load into this database instead; it must not hold the demo's tables (default: ${DEFAULT-VALUE})",
            defaultValue = URL)
    private String url;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public DemoCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        try (Connection connection = DriverManager.getConnection(url)) {
            out.println("Loading airports and flights of the United States, and TPC-H at scale " + TpchFiles.SCALE);
            out.flush();
            new DemoData(connection, out).load();
            if (!tour(connection, out, errors)) {
                return 1;
            }
            return finish(out);
        } catch (SQLException e) {
            errors.println("error " + e.getSQLState() + ": " + e.getMessage());
        } catch (IOException e) {
            errors.println("error 58030: " + e.getMessage());
        }
        errors.flush();
        return 1;
    }

    private static boolean tour(Connection connection, PrintWriter out, PrintWriter errors) {
        ScriptRunner runner = new ScriptRunner(connection, OutputFormat.table, out, errors);
        for (Tour.Stop stop : Tour.stops()) {
            out.println("\n--- " + stop.title() + "\n" + stop.sql() + ";\n");
            long start = System.nanoTime();
            if (!runner.run(stop.sql())) {
                return false;
            }
            out.println(String.format(Locale.ROOT, "%.1f ms", (System.nanoTime() - start) / 1e6));
            out.flush();
        }
        return true;
    }

    /** The database lives as long as this process, which the shell is part of. */
    private int finish(PrintWriter out) {
        out.println("\nThe database is open at " + url + " in this process.");
        out.println("To keep one on disk: ./kadedb demo --url jdbc:kadedb:file:DIR, then ./kadedb sql --url with the"
                + " same.");
        out.flush();
        return noShell || !Shell.isTerminal() ? 0 : Shell.run(url, null, OutputFormat.box);
    }
}
