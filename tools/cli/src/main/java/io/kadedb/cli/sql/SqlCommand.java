package io.kadedb.cli.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb sql}: statements from options, files or a pipe, else the interactive shell. */
@Command(
        name = "sql",
        description = "Runs SQL: from -e, from files, from a pipe, or interactively.",
        mixinStandardHelpOptions = true)
public final class SqlCommand implements Callable<Integer> {
    /** A database in memory that ends with the process. */
    public static final String DEFAULT_URL = "jdbc:kadedb:mem:";

    /** How the URLs of servers begin. */
    static final String SERVER = "jdbc:kadedb://";

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description = "jdbc:kadedb:mem:[name], jdbc:kadedb:file:DIR or jdbc:kadedb://HOST:PORT"
                    + " (default: ${DEFAULT-VALUE})",
            defaultValue = DEFAULT_URL)
    private String url;

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "SQL",
            description = "statements to run; may be given more than once")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "a script to run; may be given more than once")
    private List<Path> scripts = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: table, box in the shell)")
    private @Nullable OutputFormat format;

    @Option(names = "--files", paramLabel = "DIR", description = "let statements read only files below this directory")
    private @Nullable Path files;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public SqlCommand() {}

    @Override
    public Integer call() {
        PrintWriter errors = spec.commandLine().getErr();
        if (files != null && url.startsWith(SERVER)) {
            errors.println("error 22023: --files is for a database in this process; give it to kadedb server");
            return 1;
        }
        if (texts.isEmpty() && scripts.isEmpty() && Shell.isTerminal()) {
            return Shell.run(url, files, format == null ? OutputFormat.box : format);
        }
        try (Connection connection = connect(url, files)) {
            ScriptRunner runner = new ScriptRunner(
                    connection,
                    format == null ? OutputFormat.table : format,
                    spec.commandLine().getOut(),
                    errors);
            runner.commands(format == null ? OutputFormat.table : format);
            return runAll(runner) ? 0 : 1;
        } catch (SQLException e) {
            errors.println("error " + e.getSQLState() + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            errors.println("error 58P01: there is no file \"" + e.getFile() + "\"");
        } catch (IOException e) {
            errors.println("error 58030: " + e.getMessage());
        }
        errors.flush();
        return 1;
    }

    private boolean runAll(ScriptRunner runner) throws IOException {
        for (String text : texts) {
            if (!runner.run(text)) {
                return false;
            }
        }
        for (Path script : scripts) {
            if (!runner.run(Files.readString(script))) {
                return false;
            }
        }
        return !texts.isEmpty()
                || !scripts.isEmpty()
                || runner.run(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    }

    static Connection connect(String url, @Nullable Path files) throws SQLException {
        Properties properties = new Properties();
        if (files != null) {
            properties.setProperty("files", files.toString());
        }
        return DriverManager.getConnection(url, properties);
    }
}
