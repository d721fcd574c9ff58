package io.kadedb.cli.operations;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
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
                    String object = results.getString("object");
                    out.printf(
                            "%-12s%s%s%n",
                            results.getString("kind"),
                            object == null ? "" : object + ": ",
                            problem != null ? "DAMAGED: " + problem : sound(results.getLong("rows")));
                    out.flush();
                }
            }
        } catch (SQLException e) {
            spec.commandLine().getErr().println("error " + e.getSQLState() + ": " + e.getMessage());
            return 1;
        }
        out.println(
                damages == 0
                        ? "The database is sound."
                        : damages == 1 ? "1 damage was found." : damages + " damages were found.");
        return damages == 0 ? 0 : 1;
    }

    private static String sound(long rows) {
        return rows == 0 ? "sound" : "sound, " + rows + (rows == 1 ? " row" : " rows");
    }
}
