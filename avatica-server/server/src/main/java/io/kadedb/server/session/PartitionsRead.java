package io.kadedb.server.session;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.executor.api.PlanExecutor;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.TablePartitions;
import io.kadedb.storage.api.TablePartitions.Partition;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * How many of its table's partitions a scan looks at, by the conditions that its filter has on the column that they are made by.
 *
 * @param all that have rows
 */
public record PartitionsRead(int read, int all) {
    /**
     * Looks for scans of partitioned tables.
     *
     * @param tables by their ids
     * @param context asked if there is one
     */
    record Finder(PlanExecutor executor, LongFunction<TableDefinition> tables, Supplier<QueryContext> context) {
        /** Those of a plan, by identity. */
        Map<PhysicalPlan, PartitionsRead> find(PhysicalPlan plan) {
            IdentityHashMap<PhysicalPlan, PartitionsRead> found = new IdentityHashMap<>();
            collect(plan, found);
            return found;
        }

        private void collect(PhysicalPlan plan, IdentityHashMap<PhysicalPlan, PartitionsRead> found) {
            if (plan instanceof PhysicalPlan.TableScan scan) {
                TableDefinition table = tables.apply(scan.table().id());
                if (table.partitioning().isPresent()) {
                    QueryContext known = context.get();
                    TablePartitions partitions = known.transaction().partitions();
                    List<Partition> all = partitions.of(table);
                    List<Partition> read = partitions.within(table, all, executor.ranges(scan, known));
                    found.put(scan, new PartitionsRead(read.size(), all.size()));
                }
            }
            plan.inputs().forEach(input -> collect(input, found));
        }
    }

    @Override
    public String toString() {
        return "partitions " + read + " of " + all;
    }
}
