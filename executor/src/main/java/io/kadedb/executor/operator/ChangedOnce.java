package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the parts of one statement from changing a row twice: all of them see it as it was before the statement, and the
 * first that changes or removes it has it.
 */
final class ChangedOnce implements AutoCloseable {
    static final ChangedOnce NONE = new ChangedOnce(Map.of());

    private final Map<Long, Rows> byTable;

    private ChangedOnce(Map<Long, Rows> byTable) {
        this.byTable = byTable;
    }

    /** For the tables that several parts change. */
    static ChangedOnce of(PhysicalPlan.WithChanges plan, QueryRun run) {
        Set<Long> once = new HashSet<>();
        Set<Long> more = new HashSet<>();
        collect(plan, once, more);
        Map<Long, Rows> byTable = new HashMap<>();
        more.forEach(table -> byTable.put(table, new Rows(run.memoryFor("WithChanges"))));
        return new ChangedOnce(byTable);
    }

    private static void collect(PhysicalPlan plan, Set<Long> once, Set<Long> more) {
        if (plan instanceof Modify modify
                && modify.operation() != Modify.Operation.INSERT
                && !once.add(modify.table().id())) {
            more.add(modify.table().id());
        }
        plan.inputs().forEach(input -> collect(input, once, more));
    }

    @Nullable
    Rows rows(Modify modify) {
        return byTable.get(modify.table().id());
    }

    @Override
    public void close() {
        byTable.values().forEach(Rows::close);
    }

    /** The rows of one table that were changed. Used by one thread at a time. */
    static final class Rows {
        private final MemoryPool memory;
        private final SeenKeys seen;
        private final int[] first = new int[Batch.MAX_ROWS];

        private Rows(MemoryPool memory) {
            this.memory = memory;
            this.seen = new SeenKeys(List.of(new Field("row", SqlType.BIGINT, false)), List.of(0), false, memory);
        }

        /** Leaves only rows that are changed for the first time, and gives how many. */
        int first(Batch batch, int rowId, int[] rows, int count) {
            Batch ids = new Batch(batch.length(), List.of(batch.column(rowId)));
            int n = seen.add(ids, rows, count, first);
            System.arraycopy(first, 0, rows, 0, n);
            return n;
        }

        private void close() {
            seen.close();
            memory.close();
        }
    }
}
