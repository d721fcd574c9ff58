package io.kadedb.executor.pipeline;

import io.kadedb.executor.pipeline.Profiler.Lane;

/** What a stage may use of the worker that runs it. */
public final class Worker {
    private final QueryRun run;
    private final Lane lane;

    Worker(QueryRun run, Lane lane) {
        this.run = run;
        this.lane = lane;
    }

    /** The query. */
    public QueryRun run() {
        return run;
    }

    Lane lane() {
        return lane;
    }

    /** To be called in long loops within one batch: fails when the query was cancelled, stopped or failed elsewhere. */
    public void checkpoint() {
        run.checkpoint();
    }
}
