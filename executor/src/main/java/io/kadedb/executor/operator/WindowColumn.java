package io.kadedb.executor.operator;

import io.kadedb.executor.kernel.VectorBuilder;

/** Computes the results of one window function, row after row. Belongs to one thread. */
interface WindowColumn extends AutoCloseable {
    /**
     * Appends the results of consecutive sorted rows.
     *
     * @param from where the last call ended, after the first call
     */
    void append(int from, int count, VectorBuilder out);

    @Override
    default void close() {}
}
