package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PathSelection.Mode;
import io.kadedb.planner.physical.PathSelection.Paths;
import io.kadedb.planner.physical.PhysicalPlan;

/** A way to find paths. Belongs to one worker. */
sealed interface PathSearcher extends AutoCloseable permits CheapestFinder, PathFinder, PathTree, WalkFinder {
    /** Hands over the paths that begin at an origin, by its number. */
    void search(int origin, PathSink sink);

    @Override
    void close();

    /** The one that finds what a plan wants. */
    static PathSearcher of(PhysicalPlan.PathSearch plan, PathGraph graph, Worker worker, MemoryPool memory) {
        Mode mode = plan.selection().mode();
        if (plan.selection().paths() == Paths.ALL) {
            return new WalkFinder(graph, mode, plan.min(), plan.max(), worker, memory);
        }
        if (plan.selection().paths() == Paths.CHEAPEST) {
            return new CheapestFinder(plan, graph, worker, memory);
        }
        // The shortest walks between two vertices visit nothing twice, unless they have to be longer.
        boolean walks =
                mode == Mode.WALK || (plan.min() == 0 && plan.selection().count() == 1);
        return walks
                ? new PathFinder(graph, plan.selection(), plan.min(), plan.max(), worker, memory)
                : new PathTree(graph, plan.selection(), plan.min(), plan.max(), worker, memory);
    }
}
