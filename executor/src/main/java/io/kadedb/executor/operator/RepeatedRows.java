package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.planner.physical.PhysicalPlan.Modify.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches over rows that come twice in the input of a statement that writes. Used by one thread at a time. */
final class RepeatedRows implements AutoCloseable {
    private final Modify plan;
    private final @Nullable SeenKeys rowIds;
    private final List<SeenKeys> keys;
    private final int[] fresh = new int[Batch.MAX_ROWS];

    RepeatedRows(Modify plan, MemoryPool memory) {
        this.plan = plan;
        List<Field> fields = plan.input().output();
        int rowId = plan.operation() == Operation.MERGE ? 1 : 0;
        this.rowIds = plan.operation() == Operation.INSERT ? null : new SeenKeys(fields, List.of(rowId), false, memory);
        this.keys = plan.repeats().map(Modify.Repeats::keys).orElse(List.of()).stream()
                .map(key -> new SeenKeys(fields, key.columns(), key.nullsEqual(), memory))
                .toList();
    }

    /** Writes the rows that come for the first time into {@code first}; of an INSERT by its keys, else by the row id. */
    int first(Batch batch, int @Nullable [] selection, int count, int[] first) {
        if (rowIds != null) {
            return rowIds.add(batch, selection, count, first);
        }
        if (keys.size() == 1) {
            return keys.getFirst().add(batch, selection, count, first);
        }
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            if (keys.stream().noneMatch(key -> key.has(batch, row))) {
                keys.forEach(key -> key.add(batch, row));
                first[n++] = row;
            }
        }
        return n;
    }

    /** The number of rows of a MERGE, if all of them come for the first time; else 21000. */
    int checked(Operation operation, Batch batch, int[] rows, int count) {
        if (operation == Operation.INSERT) {
            for (SeenKeys key : keys) {
                refuse(count - key.add(batch, rows, count, fresh));
            }
        } else if (rowIds != null) {
            refuse(count - rowIds.add(batch, rows, count, fresh));
        }
        return count;
    }

    private void refuse(int twice) {
        if (twice > 0) {
            Modify.Repeats repeats = plan.repeats().orElseThrow();
            throw KadeException.of(
                            ErrorCode.CARDINALITY_VIOLATION,
                            repeats.command() + " command cannot affect row a second time")
                    .hint(
                            repeats.keys().isEmpty()
                                    ? "ensure that not more than one source row matches any one target row"
                                    : "ensure that no rows proposed for insertion within the same command have"
                                            + " duplicate constrained values");
        }
    }

    @Override
    public void close() {
        if (rowIds != null) {
            rowIds.close();
        }
        keys.forEach(SeenKeys::close);
    }
}
