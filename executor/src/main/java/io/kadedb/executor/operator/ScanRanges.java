package io.kadedb.executor.operator;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.ColumnRange;
import java.util.ArrayList;
import java.util.List;

/** What a scan tells storage of the rows that it wants, from its filter. */
public final class ScanRanges {
    private ScanRanges() {}

    public static List<ColumnRange> of(PhysicalPlan.TableScan scan, QueryRun run) {
        if (!run.shortcuts().prunedScans()) {
            return List.of();
        }
        return scan.filter()
                .map(filter -> PruningRanges.of(filter, ordinals(scan, run), run))
                .orElse(List.of());
    }

    /** The ordinal of each column that the scan gives; documents of paths have none. */
    private static List<Integer> ordinals(PhysicalPlan.TableScan scan, QueryRun run) {
        if (scan.paths().isEmpty()) {
            return scan.columns();
        }
        int first = run.context().tables().apply(scan.table().id()).columns().size();
        List<Integer> ordinals = new ArrayList<>(scan.columns());
        for (int i = 0; i < scan.paths().size(); i++) {
            ordinals.add(first + i);
            ordinals.add(TableDefinition.ROW_ID);
        }
        return ordinals;
    }
}
