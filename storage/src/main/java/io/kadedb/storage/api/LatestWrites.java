package io.kadedb.storage.api;

import io.kadedb.common.data.HeapRow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes single rows of a table by primary key, each as a transaction of its own that does nothing else, at a fraction of its
 * cost. The row is locked first, waiting for others, and then read as the newest commit left it, so that nothing has to be
 * done twice. Belongs to one thread at a time; holds nothing that needs to be given back.
 */
public interface LatestWrites {
    /** What became of a write. */
    enum Outcome {
        WRITTEN,
        /** There is no such row. */
        MISSING,
        /** Nothing was done: a transaction has to do it, or to say what is wrong with it. */
        UNKNOWN
    }

    /** Computes what becomes of a row. */
    @FunctionalInterface
    interface Change {
        /**
         * Sets all columns of the new row, the primary key's to what they were.
         *
         * @return false to leave it to a transaction
         */
        boolean of(HeapRow old, HeapRow changed);
    }

    /**
     * Changes the row of a key.
     *
     * @param key the values of the primary key in its order, none of them NULL
     * @param control asked for if the row is locked: what ends the waiting; null not to wait, but to do nothing then
     * @throws io.kadedb.common.error.KadeException 55P03, 57014 from waiting; what commits fail with if the outcome is not
     *     known, or the disk failed
     */
    Outcome update(HeapRow key, Change change, @Nullable Supplier<StatementControl> control);

    /** Changes the row as a statement of a transaction block of the same store, which waits for no lock. */
    Outcome update(SqlTransaction within, HeapRow key, Change change);

    /** Removes the row of a key; see {@link #update}. */
    Outcome delete(HeapRow key, @Nullable Supplier<StatementControl> control);

    /** Removes the row as a statement of a transaction block. */
    Outcome delete(SqlTransaction within, HeapRow key);

    /**
     * Adds a row; see {@link #update}.
     *
     * @param row all columns of the table
     */
    Outcome insert(HeapRow row, @Nullable Supplier<StatementControl> control);

    /** Adds a row as a statement of a transaction block. */
    Outcome insert(SqlTransaction within, HeapRow row);
}
