package io.kadedb.storage.api;

import io.kadedb.common.data.Batch;

/** Takes rows of one statement. Used by one thread. */
public interface RowSink {
    /** Copies what it needs of the batch. */
    void accept(Batch rows);

    /**
     * Ends the input and checks what can only be checked now.
     *
     * @return rows written
     */
    long finish();
}
