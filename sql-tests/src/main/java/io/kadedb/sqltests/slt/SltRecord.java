package io.kadedb.sqltests.slt;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One record of a logic file.
 *
 * @param line where its directive stands, 1-based
 * @param head its lines as they stand in the file, from what precedes the directive up to and without {@code ----}
 * @param directive which line of the head is the directive; the head's length if there is none
 * @param expected the lines below {@code ----} as they stand in the file; absent without {@code ----}
 */
public record SltRecord(
        int line,
        List<String> head,
        int directive,
        Optional<List<String>> expected,
        List<Condition> conditions,
        Action action) {
    public SltRecord {
        head = List.copyOf(head);
        expected = expected.map(List::copyOf);
        conditions = List.copyOf(conditions);
    }

    /** The condition that keeps it from running, if one does. */
    Optional<Condition> against(Set<String> engines, Map<String, String> variables) {
        return conditions.stream()
                .filter(condition -> !condition.allows(engines, variables))
                .findFirst();
    }

    /** The statement or query; empty for other directives. */
    public String sql() {
        return switch (action) {
            case Statement statement -> statement.sql();
            case Query query -> query.sql();
            default -> "";
        };
    }

    /** What it asks for: its directive with what is below it. */
    public List<String> shown() {
        return head.subList(Math.min(directive, head.size()), head.size());
    }

    /** What a record asks for. */
    public sealed interface Action {}

    /** Nothing but remarks and blank lines. */
    public record Comment() implements Action {}

    /**
     * A statement.
     *
     * @param connection which session runs it; empty for the current one
     */
    public record Statement(String sql, StatementExpectation expectation, String connection) implements Action {}

    /** What a statement must do. */
    public sealed interface StatementExpectation {
        /** Succeed. */
        record Success() implements StatementExpectation {}

        /** Report how many rows it changed. */
        record Changes(long rows) implements StatementExpectation {}

        /**
         * Fail.
         *
         * @param sqlState with which SQLSTATE; empty for any but an internal error's
         * @param message what it says: exactly, in our dialect, see {@link ErrorText}, in DuckDB's a part of it
         */
        record Failure(String sqlState, Optional<List<String>> message) implements StatementExpectation {}

        /** Succeed, or fail with this message. */
        record Either(Optional<List<String>> message) implements StatementExpectation {}
    }

    /** How the rows of a query are brought into one order. */
    public enum Sort {
        NOSORT,
        ROWSORT,
        VALUESORT
    }

    /**
     * A query.
     *
     * @param types one letter a column, see {@link CellFormat}
     * @param label queries of the same label have the same result; empty for none
     * @param connection which session runs it; empty for the current one
     */
    public record Query(String sql, String types, Sort sort, String label, String connection, List<String> expected)
            implements Action {
        public Query {
            expected = List.copyOf(expected);
        }
    }

    /** The statements that follow run on this connection; {@code default} is the first one. */
    public record Connection(String name) implements Action {}

    /** A file below the test's folder, which statements name as {@code ${dir}/name}. */
    public record CreateFile(String name, String content) implements Action {}

    /** Results of more values than this are written as a hash; 0 for never. */
    public record HashThreshold(int values) implements Action {}

    /** The file ends here. */
    public record Halt() implements Action {}

    /** The rest of the file needs something that the engine may not have. */
    public record Require(String what, List<String> arguments) implements Action {}

    /** The rest of the file needs a variable of the environment, perhaps with a value. */
    public record RequireEnv(String name, Optional<String> value) implements Action {}

    /** A variable with the value of the environment, or this one. */
    public record TestEnv(String name, String otherwise) implements Action {}

    /** The records that follow run in the database of this path, which begins empty unless it is read only. */
    public record Load(String path, boolean readOnly) implements Action {}

    /** Closes the database and opens it again. */
    public record Restart() implements Action {}

    /** Closes the current connection and opens it again. */
    public record Reconnect() implements Action {}

    /** Waits. */
    public record Sleep(Duration time) implements Action {}

    /** Leaves out what follows, or no longer. */
    public record Skip(boolean on) implements Action {}

    /** Makes random values repeatable. */
    public record Seed(String value) implements Action {}

    /** A failure whose message holds one of these ends the file without failing it. */
    public record IgnoredErrors(List<String> parts) implements Action {}

    /** A failure whose message holds one of these is never the expected one. */
    public record FatalErrors(List<String> parts) implements Action {}

    /** Forgets the result of a label. */
    public record ResetLabel(String label) implements Action {}

    /**
     * Runs records several times.
     *
     * @param concurrent whether each round is a thread with a connection of its own
     * @param end the record that closes it
     */
    public record Loop(Rounds rounds, boolean concurrent, List<SltRecord> body, SltRecord end) implements Action {
        public Loop {
            body = List.copyOf(body);
        }
    }

    /** The end of a loop; only the reader sees it. */
    record EndLoop() implements Action {}
}
