package io.kadedb.executor.operator;

import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.ColumnRange;
import java.util.List;

/** What a scan tells storage of the rows that it wants, from its filter. */
public final class ScanRanges {
    private ScanRanges() {}

    public static List<ColumnRange> of(PhysicalPlan.TableScan scan, QueryRun run) {
        if (!run.shortcuts().prunedScans()) {
            return List.of();
        }
        return scan.filter()
                .map(filter -> PruningRanges.of(filter, scan.columns(), run))
                .orElse(List.of());
    }
}
