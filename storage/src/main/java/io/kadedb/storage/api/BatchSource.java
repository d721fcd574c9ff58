package io.kadedb.storage.api;

import io.kadedb.common.data.Batch;
import org.jspecify.annotations.Nullable;

/** Batches one after another, of at most {@link Batch#MAX_ROWS} rows. Used by one thread. */
public interface BatchSource extends AutoCloseable {
    /** The next rows, valid until the next call; null at the end. */
    @Nullable
    Batch next();

    @Override
    void close();
}
