package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;

/**
 * An expression compiled onto kernels, with the scratch vectors it computes into: belongs to one worker thread.
 */
public interface ExpressionEvaluator extends AutoCloseable {
    SqlType type();

    /**
     * The expression's values for the selected rows of the batch.
     *
     * @param selection ascending row numbers, of which the first {@code count} count; or null for all rows
     * @return a vector as long as the batch, in which the values of rows not selected are undefined; valid until the
     *     next call; may be a column of the batch itself, and may be dictionary-encoded
     */
    ColumnVector evaluate(Batch batch, int @org.jspecify.annotations.Nullable [] selection, int count);

    /** Frees the scratch memory. */
    @Override
    void close();
}
