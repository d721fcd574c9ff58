package io.kadedb.storage.api;

import io.kadedb.common.data.HeapRow;

/**
 * Reads single rows of a table by primary key, each as the newest commit left it: what a transaction would read that begins,
 * reads one row and ends, at a fraction of its cost. Belongs to one thread at a time; holds nothing that needs to be given
 * back.
 */
public interface LatestRows {
    /** What is known of a row. */
    enum Answer {
        FOUND,
        MISSING,
        /** A transaction has to be asked: the table changes just now, or is not what it was, or its row is not at hand. */
        UNKNOWN
    }

    /**
     * Reads the row of a key.
     *
     * @param key the values of the primary key in its order, none of them NULL
     * @param row gets the values if the row is found
     */
    Answer read(HeapRow key, HeapRow row);

    /** Reads the row of a key as a statement of a transaction block of the same store. */
    Answer read(SqlTransaction within, HeapRow key, HeapRow row);
}
