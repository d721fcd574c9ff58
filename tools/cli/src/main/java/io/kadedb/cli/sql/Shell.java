package io.kadedb.cli.sql;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;

/** The interactive shell: sqlline, set up for KadeDB. */
public final class Shell {
    private static final String DRIVER = "io.kadedb.server.jdbc.KadeDriver";
    private static final String SERVERS_DRIVER = "io.kadedb.jdbc.Driver";

    private Shell() {}

    /** Whether somebody sits in front of it. */
    @SuppressWarnings("SystemConsoleNull") // it does with -Djdk.console=java.base
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Runs the shell until its user leaves; gives the exit code. */
    public static int run(String url, @Nullable Path files) {
        String target = files == null ? url : url + (url.indexOf('?') < 0 ? "?" : "&") + "files=" + files;
        List<String> arguments = new ArrayList<>(List.of(
                "-d",
                url.startsWith(SqlCommand.SERVER) ? SERVERS_DRIVER : DRIVER,
                "-u",
                target,
                "-n",
                "",
                "-p",
                "",
                "--color=true",
                "--nullValue=NULL",
                "--showElapsedTime=true",
                "--maxWidth=200",
                "--isolation=TRANSACTION_SERIALIZABLE"));
        history().ifPresent(file -> arguments.add("--historyFile=" + file));
        try {
            SqlLine.Status status = new SqlLine().begin(arguments.toArray(String[]::new), null, true);
            return status == SqlLine.Status.OK ? 0 : 1;
        } catch (IOException e) {
            System.err.println("error 58030: the terminal cannot be used: " + e.getMessage());
            return 1;
        }
    }

    private static Optional<Path> history() {
        String home = System.getProperty("user.home");
        if (home == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.createDirectories(Path.of(home, ".kadedb")).resolve("history"));
        } catch (IOException e) {
            // A home that cannot be written has no history; the shell works without.
            return Optional.empty();
        }
    }
}
