package io.kadedb.executor.api;

import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.ColumnRange;
import java.util.List;
import java.util.Optional;

/** Runs plans on a pool of workers. Thread-safe. */
public interface PlanExecutor extends AutoCloseable {
    /** Starts the plan; its work happens on the workers while the result is pulled. */
    QueryResult execute(PhysicalPlan plan, QueryContext context);

    /**
     * Makes a plan ready for one client to run again and again, while the tables it names are defined as they are. Empty
     * where nothing would be gained by it.
     */
    Optional<PreparedPlan> prepare(PhysicalPlan plan);

    /** The ranges of a table's columns that a scan reads, as far as they are known before anything else is. */
    List<ColumnRange> ranges(PhysicalPlan.TableScan scan, QueryContext context);

    @Override
    void close();
}
