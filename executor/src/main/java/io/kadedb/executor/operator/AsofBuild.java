package io.kadedb.executor.operator;

import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;

/** Gathers the right side of an ASOF join, groups it by key and sorts each key's rows by time. */
final class AsofBuild implements Sink {
    private final QueryRun run;
    private final JoinBuild build;
    private final AsofTimes times;

    AsofBuild(PhysicalPlan.AsofJoin join, JoinSpec spec, QueryRun run) {
        this.run = run;
        this.build = new JoinBuild(spec, spec.keepsRight(), run);
        this.times = new AsofTimes(build.table(), spec.hasKeys(), join, build.memory());
    }

    /** The rows by key. */
    JoinBuild rows() {
        return build;
    }

    /** Complete once the pipelines into this sink have ended. */
    AsofTimes times() {
        return times;
    }

    @Override
    public Stage open(Worker worker) {
        return build.open(worker);
    }

    @Override
    public void finish() {
        build.finish();
        times.sort(run);
    }

    @Override
    public void close() {
        times.close();
        build.close();
    }
}
