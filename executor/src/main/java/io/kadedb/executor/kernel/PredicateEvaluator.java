package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;

/** A condition compiled onto kernels; belongs to one worker thread. */
public interface PredicateEvaluator extends AutoCloseable {
    /**
     * Keeps the selected rows for which the condition is true.
     *
     * @param selection ascending row numbers, or null for all rows
     * @param count how many of them count; the batch's length for all rows
     * @param out where the rows kept are written, ascending; at least {@code count} long; may be {@code selection}
     * @return how many rows are kept
     */
    int select(Batch batch, int @org.jspecify.annotations.Nullable [] selection, int count, int[] out);

    /** Frees the scratch memory. */
    @Override
    void close();
}
