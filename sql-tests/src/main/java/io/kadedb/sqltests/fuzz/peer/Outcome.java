package io.kadedb.sqltests.fuzz.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a statement. */
public sealed interface Outcome {
    /**
     * Rows of cells: texts, or doubles where they are compared with a tolerance.
     *
     * @param rows in the order they came
     */
    record Rows(List<List<@Nullable Object>> rows) implements Outcome {}

    /** The number of rows that were changed. */
    record Count(long rows) implements Outcome {}

    /** It failed, with this SQLSTATE. */
    record Failed(String state, String message) implements Outcome {
        /** The class of the SQLSTATE: its first two characters. */
        public String errorClass() {
            return state.length() < 2 ? state : state.substring(0, 2);
        }
    }

    /** It did not end when it was cancelled. */
    record Hung() implements Outcome {}
}
