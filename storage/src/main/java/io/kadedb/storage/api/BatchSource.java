package io.kadedb.storage.api;

import io.kadedb.common.data.Batch;
import org.jspecify.annotations.Nullable;

/** Batches one after another, of at most {@link Batch#MAX_ROWS} rows. Used by one thread. */
public interface BatchSource extends AutoCloseable {
    /** The next rows, valid until the next call; null at the end. */
    @Nullable
    Batch next();

    /**
     * Which rows of the last batch there are, in order; null for all, which is what sources give that were not opened by
     * {@link TableScan.Split#openSelected}. Valid as long as the batch.
     */
    default int @Nullable [] selection() {
        return null;
    }

    /** How many numbers of {@link #selection} count. */
    default int selected() {
        return 0;
    }

    @Override
    void close();
}
