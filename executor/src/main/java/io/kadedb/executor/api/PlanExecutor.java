package io.kadedb.executor.api;

import io.kadedb.planner.physical.PhysicalPlan;

/** Runs plans on a pool of workers. Thread-safe. */
public interface PlanExecutor extends AutoCloseable {
    /** Starts the plan; its work happens on the workers while the result is pulled. */
    QueryResult execute(PhysicalPlan plan, QueryContext context);

    @Override
    void close();
}
