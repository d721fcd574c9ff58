package io.kadedb.sqltests.slt;

import java.sql.SQLException;

/** What a statement or query gave. */
public sealed interface SltResult {
    /** The rows of a query, in the order its record asks for. */
    record Rows(ResultValues values) implements SltResult {}

    /** A statement succeeded; -1 if it does not count rows. */
    record Done(long count) implements SltResult {}

    /** An error. */
    record Failed(SQLException error) implements SltResult {}

    /** There is no answer that can be compared: it took too long, or its shape is wrong. */
    record Unfit(String why) implements SltResult {}
}
