package io.kadedb.executor.pipeline;

import java.util.List;

/** The end of one or several pipelines, shared by their workers. */
public interface Sink extends AutoCloseable {
    /** A stage for one worker; its {@link Stage#end} hands over what the worker gathered. */
    Stage open(Worker worker);

    /** Work to be done in parallel when all workers of all pipelines into this sink have ended. */
    default List<Runnable> finishTasks() {
        return List.of();
    }

    /** Called once, after the {@link #finishTasks}. */
    default void finish() {}

    /**
     * Asks a worker to wait before it takes further rows.
     *
     * @param resume runs the worker again; kept by the sink if the answer is true
     * @return whether the worker must give up its thread now
     */
    default boolean park(Runnable resume) {
        return false;
    }

    /** Frees what the sink holds, when the query is over. */
    @Override
    default void close() {}
}
