package io.kadedb.executor.pipeline;

import io.kadedb.common.data.Batch;
import org.jspecify.annotations.Nullable;

/** One step of a worker's chain: takes batches, and pushes what it makes of them to the next. Owned by one thread. */
public interface Stage extends AutoCloseable {
    /**
     * Takes rows.
     *
     * @param batch valid only during the call
     * @param selection ascending row numbers of which the first {@code count} count, or null for all rows; valid only
     *     during the call and not to be changed
     * @param count rows selected
     */
    void push(Batch batch, int @Nullable [] selection, int count);

    /** This worker's input is over: pushes on what was held back, and ends the next stage. */
    void end();

    /** Whether further rows would make no difference, so that the source may stop. */
    boolean satisfied();

    /** Frees what the stage holds, and the stages after it; called once, also after a failure. */
    @Override
    void close();
}
