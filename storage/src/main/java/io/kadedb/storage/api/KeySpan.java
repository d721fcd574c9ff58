package io.kadedb.storage.api;

import io.kadedb.common.data.Batch;
import java.util.Optional;

/**
 * Keys of an index, or of a table, that follow each other: those whose leading columns have given values, and whose next
 * columns lie between bounds. Keys are in ascending order with NULL before all values.
 *
 * @param equal values of the leading columns, in one of its rows
 * @param row which of them
 * @param lower of the columns that follow; none is below the first
 * @param upper of the same
 * @param nulls whether keys are wanted that have NULL in the first column behind the leading ones; none has with a lower bound
 * @param descending whether they are read from the last to the first
 * @param first how many rows are read at first, as so many are known to be wanted; later ones by more and more
 */
public record KeySpan(
        Batch equal,
        int row,
        Optional<Bound> lower,
        Optional<Bound> upper,
        Nulls nulls,
        boolean descending,
        int first) {
    /** The rows that are read at first where nothing is known. */
    public static final int FIRST = 16;

    /** Which keys are wanted. */
    public enum Nulls {
        WITHOUT,
        WITH,
        ONLY
    }

    /**
     * An end of a span.
     *
     * @param values one row of the columns behind the leading ones, of which keys may have more; no NULLs
     * @param inclusive whether keys that begin with the values belong to the span
     */
    public record Bound(Batch values, boolean inclusive) {}
}
