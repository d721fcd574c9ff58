package io.kadedb.executor.operator;

import io.kadedb.executor.kernel.VectorBuilder;

/** One aggregate over any ranges of the sorted rows. Built once, then read by many threads. */
interface FrameAggregate extends AutoCloseable {
    /** For one thread. */
    Evaluation open();

    @Override
    default void close() {}

    /** Aggregates frames: up to {@link io.kadedb.common.data.Batch#MAX_ROWS} at a time. Belongs to one thread. */
    interface Evaluation extends AutoCloseable {
        /**
         * Adds rows to a frame.
         *
         * @param slot the frame's number; those of successive calls do not descend
         * @param from of rows that come after those the frame has
         */
        void add(int slot, int from, int to);

        /** Appends the results of the first frames, and forgets them. */
        void emit(int slots, VectorBuilder out);

        @Override
        default void close() {}
    }
}
