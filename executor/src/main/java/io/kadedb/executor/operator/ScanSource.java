package io.kadedb.executor.operator;

import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The splits of a table as morsels. */
final class ScanSource implements Source {
    private final PhysicalPlan.TableScan scan;
    private final QueryRun run;
    private final List<Supplier<@Nullable ColumnRange>> runtimeRanges = new ArrayList<>();
    private final List<KeyFilters.Keys> keys = new ArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();
    private List<TableScan.Split> splits = List.of();

    ScanSource(PhysicalPlan.TableScan scan, QueryRun run) {
        this.scan = scan;
        this.run = run;
    }

    /** Adds a bound that is known when the pipelines this one depends on have ended. */
    void addRange(Supplier<@Nullable ColumnRange> range) {
        runtimeRanges.add(range);
    }

    /** Adds the keys of a join that rows must have, and that are complete before the scan starts. */
    void addKeys(JoinBuild build, int[] columns) {
        keys.add(new KeyFilters.Keys(build, columns));
    }

    /** The keys that rows must have; for use after the start. */
    List<KeyFilters.Keys> keys() {
        return keys;
    }

    @Override
    public int start() {
        splits = run.context()
                .transaction()
                .scan(run.context().tables().apply(scan.table().id()), scan.columns(), scan.paths(), ranges())
                .splits();
        return splits.size();
    }

    /** What rows have to be within to matter. */
    private List<ColumnRange> ranges() {
        List<ColumnRange> ranges = new ArrayList<>(ScanRanges.of(scan, run));
        if (!run.shortcuts().prunedScans()) {
            return ranges;
        }
        for (Supplier<@Nullable ColumnRange> supplier : runtimeRanges) {
            ColumnRange range = supplier.get();
            if (range != null) {
                ranges.add(range);
            }
        }
        return ranges;
    }

    @Override
    public @Nullable BatchSource next() {
        int index = taken.getAndIncrement();
        return index < splits.size() ? splits.get(index).openSelected() : null;
    }
}
