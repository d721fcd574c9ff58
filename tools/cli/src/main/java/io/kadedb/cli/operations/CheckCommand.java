package io.kadedb.cli.operations;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.DirectoryDamages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb check}: CHECK DATABASE, with a line for each thing as it is done. */
@Command(
        name = "check",
        description = "Verifies everything a database stores and names what is damaged; exit code 1 if anything is.",
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    private static final String CORRUPTED = "XX001";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Option(
            names = {"-q", "--quiet"},
            description = "print only what is damaged")
    private boolean quiet;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public CheckCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int damages = 0;
        try (Connection connection = DriverManager.getConnection(target.url());
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("CHECK DATABASE")) {
            while (results.next()) {
                String problem = results.getString("problem");
                damages += problem == null ? 0 : 1;
                if (problem != null || !quiet) {
                    print(
                            results.getString("kind"),
                            results.getString("object"),
                            problem != null ? "DAMAGED: " + problem : sound(results.getLong("rows")));
                }
            }
        } catch (SQLException e) {
            print(e.getSQLState(), e.getMessage());
            if (!CORRUPTED.equals(e.getSQLState()) || target.directory().isEmpty()) {
                return 1;
            }
            damages += unopened(target.directory().get());
        }
        out.println(
                damages == 0
                        ? "The database is sound."
                        : damages == 1 ? "1 damage was found." : damages + " damages were found.");
        return damages == 0 ? 0 : 1;
    }

    /** Says what is damaged of a directory that cannot be opened. */
    private int unopened(Path directory) {
        try {
            List<DirectoryDamages.Damage> found = DirectoryDamages.of(directory, CancelToken.unbounded());
            found.forEach(damage -> print(
                    damage.kind(), damage.object().isEmpty() ? null : damage.object(), "DAMAGED: " + damage.problem()));
            return Math.max(1, found.size());
        } catch (KadeException e) {
            print(e.code().sqlState(), e.getMessage());
            return 1;
        }
    }

    private void print(String kind, @Nullable String object, String said) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-12s%s%s%n", kind, object == null ? "" : object + ": ", said);
        out.flush();
    }

    private void print(@Nullable String state, @Nullable String message) {
        spec.commandLine().getErr().println("error " + state + ": " + message);
    }

    private static String sound(long rows) {
        return rows == 0 ? "sound" : "sound, " + rows + (rows == 1 ? " row" : " rows");
    }
}
