package io.kadedb.cli.sql;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.jdbc.ServerError;
import io.kadedb.jdbc.common.CopyConnection;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of scripts one after the other and prints what each gives; stops at the first that fails. Only
 * {@link #cancel} is for other threads.
 */
public final class ScriptRunner {
    private final Connection connection;
    private final PrintWriter out;
    private final PrintWriter errors;
    private ResultPrinter printer;
    private @Nullable Commands commands;
    private boolean timing;
    private boolean progress;
    private volatile @Nullable Statement running;
    private volatile @Nullable CopyConnection copying;
    private @Nullable Supplier<InputStream> typedRows;
    private volatile boolean cancelled;

    public ScriptRunner(Connection connection, OutputFormat format, PrintWriter out, PrintWriter errors) {
        this.connection = connection;
        this.out = out;
        this.errors = errors;
        this.printer = format.printer(out, Screen.NONE);
    }

    /** Prints what comes by that. */
    void printer(ResultPrinter wanted) {
        printer = wanted;
    }

    /** Tells after each statement how long it took, rows and their printing with it. */
    void timing(boolean wanted) {
        timing = wanted;
    }

    /** Runs the lines of scripts that begin with a backslash. */
    public void commands(OutputFormat format) {
        commands = new Commands(connection, this, format, out, () -> Screen.NONE, false);
    }

    /** Tells while a long statement runs that it does, on a terminal. */
    void progress(boolean wanted) {
        progress = wanted;
    }

    /** Whether all went well; what failed was reported. */
    public boolean run(String script) {
        cancelled = false;
        StatementSplitter splitter = new StatementSplitter(script);
        for (Optional<StatementSplitter.Piece> piece = splitter.next(); piece.isPresent(); piece = splitter.next()) {
            if (piece.get().isCommand() && commands != null) {
                Commands.Outcome outcome = command(commands, piece.get().text());
                if (outcome != Commands.Outcome.DONE) {
                    return outcome == Commands.Outcome.LEFT;
                }
            } else if (cancelled) {
                return false;
            } else {
                String data = CopyText.direction(piece.get().text()) == CopyText.Direction.IN ? splitter.data() : "";
                if (!run(script, piece.get(), data)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Commands.Outcome command(Commands known, String line) {
        try {
            Commands.Outcome outcome = known.run(line);
            known.use();
            return outcome;
        } catch (SQLException e) {
            out.flush();
            errors.println("error " + e.getSQLState() + ": " + e.getMessage());
            errors.flush();
            return Commands.Outcome.FAILED;
        }
    }

    private boolean run(String script, StatementSplitter.Piece piece, String data) {
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            CopyText.Direction direction = CopyText.direction(piece.text());
            if (direction == CopyText.Direction.NONE) {
                running = statement;
                run(statement, piece.text());
            } else if (direction == CopyText.Direction.IN) {
                Supplier<InputStream> typed = typedRows;
                printer.done(copyIn(
                        piece.text(),
                        typed != null && data.isEmpty()
                                ? typed.get()
                                : new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8))));
            } else {
                long _ = copyOut(piece.text(), new TextStream(out));
            }
            return true;
        } catch (SQLException e) {
            out.flush();
            report(e, script, piece);
            return false;
        } finally {
            running = null;
            if (timing) {
                out.print(Elapsed.text(System.nanoTime() - start) + "\n");
                out.flush();
            }
        }
    }

    /** Where the rows of COPY .. FROM STDIN come from when the text does not have them. */
    void typedRows(Supplier<InputStream> rows) {
        typedRows = rows;
    }

    /** What copies over the connection. */
    @FunctionalInterface
    private interface Copy {
        long run(CopyConnection connection) throws SQLException;
    }

    private long copy(Copy work) throws SQLException {
        CopyConnection copies = connection.unwrap(CopyConnection.class);
        copying = copies;
        try {
            long rows = work.run(copies);
            warn(connection.getWarnings());
            connection.clearWarnings();
            return rows;
        } finally {
            copying = null;
        }
    }

    /** Runs COPY .. FROM STDIN; the number of rows. */
    long copyIn(String sql, InputStream rows) throws SQLException {
        return copy(copies -> copies.copyIn(sql, rows));
    }

    /** Runs COPY .. TO STDOUT; the number of rows. */
    long copyOut(String sql, OutputStream rows) throws SQLException {
        return copy(copies -> copies.copyOut(sql, rows));
    }

    boolean isRunning() {
        return running != null || copying != null;
    }

    /**
     * Ends the statement that runs, which then fails with 57014, and leaves out those after it; false when none runs.
     *
     * @throws SQLException when the server cannot be told
     */
    boolean cancel() throws SQLException {
        CopyConnection copies = copying;
        if (copies != null) {
            cancelled = true;
            copies.cancelCopy();
            return true;
        }
        Statement statement = running;
        if (statement == null) {
            return false;
        }
        cancelled = true;
        statement.cancel();
        return true;
    }

    private void run(Statement statement, String text) throws SQLException {
        boolean rows = execute(statement, text);
        warn(statement.getWarnings());
        statement.getConnection().clearWarnings();
        while (rows || statement.getUpdateCount() >= 0) {
            if (rows) {
                try (ResultSet result = statement.getResultSet()) {
                    printer.rows(Rows.of(result));
                }
            } else {
                printer.done(statement.getLargeUpdateCount());
            }
            rows = statement.getMoreResults();
        }
    }

    private boolean execute(Statement statement, String text) throws SQLException {
        if (!progress) {
            return statement.execute(text);
        }
        try (Progress _ = Progress.start(out, Progress.DELAY, Progress.INTERVAL)) {
            return statement.execute(text);
        }
    }

    private void warn(@Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            errors.println("notice: " + warning.getMessage());
        }
        errors.flush();
    }

    /** Prints an error with its place in the whole script. */
    private void report(SQLException error, String script, StatementSplitter.Piece piece) {
        String message = error.getMessage();
        if (error.getCause() instanceof KadeException cause) {
            message = cause.position()
                    .map(place -> cause.at(shifted(place, piece)))
                    .orElse(cause)
                    .report(script);
        }
        if (error.getCause() instanceof ServerError cause) {
            message = reported(cause, script, piece);
        }
        errors.println("error " + error.getSQLState() + ": " + message);
        errors.flush();
    }

    /** What a server said, with its place in the whole script. */
    private static String reported(ServerError error, String script, StatementSplitter.Piece piece) {
        KadeException report = KadeException.of(ErrorCode.INTERNAL_ERROR, error.text());
        if (error.line() > 0) {
            report = report.at(shifted(new SourcePosition(error.line(), error.column(), error.length()), piece));
        }
        return report.hint(error.hint().orElse(null)).report(script);
    }

    private static SourcePosition shifted(SourcePosition place, StatementSplitter.Piece piece) {
        return new SourcePosition(
                place.line() + piece.line() - 1,
                place.line() == 1 ? place.column() + piece.column() - 1 : place.column(),
                place.length());
    }
}
