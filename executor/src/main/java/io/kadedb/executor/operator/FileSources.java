package io.kadedb.executor.operator;

import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.PhysicalPlan;

/** Opens files as sources of rows. Thread-safe. */
@FunctionalInterface
public interface FileSources {
    Source open(PhysicalPlan.FileScan scan, QueryRun run);
}
