package io.kadedb.executor.pipeline;

/** A step in the middle of a pipeline, shared by its workers: makes each of them a stage. */
@FunctionalInterface
public interface Transform {
    /**
     * A stage for one worker.
     *
     * @param next takes what the stage makes; the stage closes it
     */
    Stage open(Worker worker, Stage next);
}
