package io.kadedb.cli.sql;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.jdbc.ServerError;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the statements of scripts one after the other and prints what each gives; stops at the first that fails. */
public final class ScriptRunner {
    private final Connection connection;
    private final ResultPrinter printer;
    private final PrintWriter errors;

    public ScriptRunner(Connection connection, OutputFormat format, PrintWriter out, PrintWriter errors) {
        this.connection = connection;
        this.printer = format.printer(out, Screen.NONE);
        this.errors = errors;
    }

    /** Whether all went well; what failed was reported. */
    public boolean run(String script) {
        StatementSplitter splitter = new StatementSplitter(script);
        for (Optional<StatementSplitter.Piece> piece = splitter.next(); piece.isPresent(); piece = splitter.next()) {
            try (Statement statement = connection.createStatement()) {
                run(statement, piece.get().text());
            } catch (SQLException e) {
                report(e, script, piece.get());
                return false;
            }
        }
        return true;
    }

    private void run(Statement statement, String text) throws SQLException {
        boolean rows = statement.execute(text);
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
