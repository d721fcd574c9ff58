package io.kadedb.cli.sql;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The interactive shell: statements over more than one line, {@code \} commands as psql names them and the {@code !}
 * commands of sqlline. Ctrl-C ends the statement that runs, or what is being typed, and never the shell.
 */
public final class Shell implements AutoCloseable {
    private static final String PROMPT = "kadedb> ";
    private static final String CONTINUED = "     -> ";

    private final Terminal terminal;
    private final PrintWriter out;
    private final Connection connection;
    private final ScriptRunner runner;
    private final Commands commands;
    private final CatalogCompleter completer;
    private final LineReader reader;
    private volatile @Nullable SqllineCommands sqlline;

    Shell(Terminal terminal, Connection connection, OutputFormat format, Optional<Path> history) {
        this.terminal = terminal;
        this.out = terminal.writer();
        this.connection = connection;
        this.runner = new ScriptRunner(connection, format, out, out);
        this.commands = new Commands(connection, runner, format, out, () -> screen(terminal), true);
        this.completer = new CatalogCompleter(connection);
        StatementLines lines = new StatementLines();
        this.reader = LineReaderBuilder.builder()
                .appName("kadedb")
                .terminal(terminal)
                .parser(lines)
                .completer(completer)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
        runner.typedRows(() -> new TypedRows(reader, lines, this::tell));
        history.ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
    }

    /** Whether somebody sits in front of it. */
    @SuppressWarnings("SystemConsoleNull") // it does with -Djdk.console=java.base
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Runs the shell until its user leaves; gives the exit code. */
    public static int run(String url, @Nullable Path files, OutputFormat format) {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build();
                Connection connection = SqlCommand.connect(url, files);
                Shell shell = new Shell(terminal, connection, format, history())) {
            terminal.writer().println("KadeDB at " + url + "; \\? lists commands, \\q leaves");
            shell.loop();
            return 0;
        } catch (IOException e) {
            System.err.println("error 58030: the terminal cannot be used: " + e.getMessage());
        } catch (SQLException e) {
            System.err.println("error " + e.getSQLState() + ": " + e.getMessage());
        }
        return 1;
    }

    void loop() {
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> cancel());
        try {
            while (step()) {
                out.flush();
            }
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    /** Reads one input and runs it; false when the user leaves. */
    private boolean step() {
        String line;
        try {
            line = reader.readLine(PROMPT);
        } catch (UserInterruptException e) {
            return true;
        } catch (EndOfFileException e) {
            return false;
        }
        try {
            return run(line.strip());
        } catch (SQLException e) {
            tell("error " + e.getSQLState() + ": " + e.getMessage());
        } catch (IOException e) {
            tell("error 58030: " + e.getMessage());
        }
        return true;
    }

    private boolean run(String line) throws SQLException, IOException {
        if (line.startsWith("\\")) {
            return commands.run(line) != Commands.Outcome.LEFT;
        }
        completer.forget();
        if (line.startsWith("!")) {
            return sqlline(line.substring(1).strip());
        }
        execute(line);
        return true;
    }

    private boolean sqlline(String command) throws SQLException, IOException {
        String[] words = command.split("\\s+");
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "sql", "all" -> {
                execute(command.substring(words[0].length()));
                yield true;
            }
            case "outputformat" -> {
                commands.format(words.length > 1 ? words[1] : "");
                yield true;
            }
            case "connect", "open", "reconnect", "close", "closeall", "go", "properties" -> {
                tell("error 0A000: the shell has one connection; leave it and start another with --url");
                yield true;
            }
            default -> {
                SqllineCommands handler = sqlline;
                if (handler == null) {
                    handler = new SqllineCommands(
                            connection, terminal.output(), screen(terminal).width());
                    sqlline = handler;
                }
                yield handler.run(command);
            }
        };
    }

    private void execute(String statements) {
        commands.use();
        boolean _ = runner.run(statements);
    }

    /** Its size may change while the shell runs. */
    private static Screen screen(Terminal terminal) {
        boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
        return new Screen(terminal.getWidth() > 0 ? terminal.getWidth() : Integer.MAX_VALUE, !dumb);
    }

    /** Whether a statement runs that Ctrl-C would end. */
    boolean isRunning() {
        return runner.isRunning();
    }

    private void cancel() {
        SqllineCommands handler = sqlline;
        try {
            // The terminal has echoed ^C.
            out.print("\n");
            if (!runner.cancel() && handler != null) {
                handler.cancel();
            }
        } catch (SQLException e) {
            tell("error " + e.getSQLState() + ": the statement could not be cancelled: " + e.getMessage());
        }
    }

    private void tell(String line) {
        out.print(line + "\n");
        out.flush();
    }

    @Override
    public void close() throws SQLException, IOException {
        reader.getHistory().save();
        SqllineCommands handler = sqlline;
        if (handler != null) {
            handler.close();
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
