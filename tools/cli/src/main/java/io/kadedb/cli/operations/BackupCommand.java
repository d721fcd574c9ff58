package io.kadedb.cli.operations;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kadedb backup}: BACKUP DATABASE. */
@Command(
        name = "backup",
        description = "Copies a database to one file, while a server goes on using it.",
        synopsisHeading =
                "Usage: kadedb backup DIR TO FILE%n       kadedb backup --url jdbc:kadedb://HOST:PORT TO FILE%n",
        customSynopsis = "",
        mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "2..3",
            paramLabel = "DIR TO FILE",
            description = "the database's directory, and the file; with --url a file that the server may write")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description = "a server's database instead of a directory")
    private @Nullable String url;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public BackupCommand() {}

    @Override
    public Integer call() {
        try {
            int to = words.size() - 2;
            if (!words.get(to).equalsIgnoreCase("to") || (to == 1) == (url != null)) {
                throw new SQLException("say kadedb backup DIR TO FILE, or kadedb backup --url URL TO FILE", "22023");
            }
            String source = url != null ? url : Target.of(Path.of(words.getFirst()));
            String file = url != null
                    ? words.getLast()
                    : Path.of(words.getLast()).toAbsolutePath().toString();
            try (Connection connection = DriverManager.getConnection(source);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("BACKUP DATABASE TO '" + file.replace("'", "''") + "'")) {
                result.next();
                spec.commandLine()
                        .getOut()
                        .printf(
                                "Wrote %s: %,d pairs, %,d bytes of %,d, version %d.%n",
                                words.getLast(),
                                result.getLong("pairs"),
                                result.getLong("file_bytes"),
                                result.getLong("bytes"),
                                result.getLong("version"));
            }
            return 0;
        } catch (SQLException e) {
            spec.commandLine().getErr().println("error " + e.getSQLState() + ": " + e.getMessage());
            return 1;
        }
    }
}
