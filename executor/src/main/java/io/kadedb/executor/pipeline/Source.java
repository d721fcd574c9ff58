package io.kadedb.executor.pipeline;

import io.kadedb.storage.api.BatchSource;
import org.jspecify.annotations.Nullable;

/** The beginning of a pipeline: hands out morsels. Thread-safe after {@link #start}. */
public interface Source extends AutoCloseable {
    /**
     * Called once, when everything that the pipeline depends on is done.
     *
     * @return how many workers can be of use, at least 1; 1 keeps the order of the rows
     */
    int start();

    /** The next morsel, to be read and closed by the caller; null when all are given out. */
    @Nullable
    BatchSource next();

    /** Frees what the source holds, when the query is over. */
    @Override
    default void close() {}
}
