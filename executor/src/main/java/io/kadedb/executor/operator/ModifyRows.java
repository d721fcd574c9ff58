package io.kadedb.executor.operator;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify.Operation;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SqlTransaction;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands rows to storage one worker at a time, each row to change or remove only once; then gives their number, or what is
 * to be returned of them.
 */
final class ModifyRows implements Sink {
    private final PhysicalPlan.Modify plan;
    private final QueryRun run;
    private final ChangedOnce.@Nullable Rows changed;
    private final MemoryPool memory;
    private final RowStore plain;
    private final RowStore result;
    private final RepeatedRows repeated;
    private final Map<Operation, RowSink> sinks = new EnumMap<>(Operation.class);
    private final int[] rows = new int[Batch.MAX_ROWS];
    private final long[] actions = new long[Batch.MAX_ROWS];

    /** @param changed rows that other parts of the statement have changed or removed, which stay as they are */
    ModifyRows(PhysicalPlan.Modify plan, ChangedOnce.@Nullable Rows changed, QueryRun run) {
        this.changed = changed;
        this.plan = plan;
        this.run = run;
        this.memory = run.memoryFor("Modify");
        this.plain = new RowStore(plan.input().output(), memory);
        this.result = new RowStore(plan.output(), memory);
        this.repeated = new RepeatedRows(plan, memory);
    }

    private RowSink sink(Operation operation) {
        return sinks.computeIfAbsent(operation, kind -> {
            TableDefinition table = table();
            SqlTransaction transaction = run.context().transaction();
            return switch (kind) {
                case INSERT -> transaction.insert(table);
                case UPDATE -> transaction.update(table);
                case DELETE -> transaction.delete(table);
                case MERGE -> throw new IllegalArgumentException("rows are not merged one by one");
            };
        });
    }

    private TableDefinition table() {
        return run.context().tables().apply(plan.table().id());
    }

    @Override
    public Stage open(Worker worker) {
        return new Writing();
    }

    private synchronized void write(Batch batch, int @Nullable [] selection, int count) {
        if (plan.operation() != Operation.MERGE) {
            if (plan.operation() == Operation.INSERT && plan.repeats().isEmpty()) {
                write(plan.operation(), batch, selection, count, 0);
            } else {
                int first = repeated.first(batch, selection, count, rows);
                write(plan.operation(), batch, rows, unchanged(plan.operation(), batch, 0, first), 0);
            }
            return;
        }
        Columns.loadLongs(batch.column(0), selection, count, actions);
        int identity = 1 + table().identity().size();
        merge(Operation.DELETE, PhysicalPlan.Modify.DELETE, batch, selection, count, 1);
        merge(Operation.UPDATE, PhysicalPlan.Modify.UPDATE, batch, selection, count, 1);
        merge(Operation.INSERT, PhysicalPlan.Modify.INSERT, batch, selection, count, 1 + identity);
    }

    private void merge(Operation operation, int action, Batch batch, int @Nullable [] selection, int count, int from) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (actions[i] == action) {
                rows[n++] = Columns.row(selection, i);
            }
        }
        if (n > 0) {
            int checked = repeated.checked(operation, batch, rows, n);
            write(operation, batch, rows, unchanged(operation, batch, 1, checked), from);
        }
    }

    /** Leaves out of {@link #rows} those that another part of the statement has changed, and gives how many are left. */
    private int unchanged(Operation operation, Batch batch, int rowId, int count) {
        return changed == null || operation == Operation.INSERT || count == 0
                ? count
                : changed.first(batch, rowId, rows, count);
    }

    /** @param from the first column that storage is to have */
    private void write(Operation operation, Batch batch, int @Nullable [] selection, int count, int from) {
        if (count == 0) {
            return;
        }
        plain.clear();
        plain.append(batch, selection, count);
        Batch all = plain.all();
        sink(operation)
                .accept(
                        from == 0
                                ? all
                                : new Batch(
                                        count,
                                        all.columns()
                                                .subList(from, all.columns().size())));
        if (plan.returning().isPresent()) {
            keep(all, plan.returning().get());
        }
    }

    private void keep(Batch written, List<Integer> columns) {
        List<ColumnVector> kept = columns.stream().map(written::column).toList();
        result.append(new Batch(written.length(), kept), null, written.length());
    }

    @Override
    public void finish() {
        long written = 0;
        // Keys that are given up come first, so that other rows may take them.
        for (Operation operation : List.of(Operation.DELETE, Operation.UPDATE, Operation.INSERT)) {
            RowSink sink = sinks.get(operation);
            written += sink == null ? 0 : sink.finish();
        }
        if (plan.returning().isEmpty()) {
            result.beginRow();
            result.builder(0).appendLong(written);
        }
        result.all();
    }

    /** One row with the number of rows written, or what is returned of each. */
    Source result() {
        return new StoredRows(() -> result);
    }

    @Override
    public void close() {
        plain.close();
        result.close();
        repeated.close();
        memory.close();
    }

    private final class Writing implements Stage {
        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            write(batch, selection, count);
        }

        @Override
        public void end() {}

        @Override
        public boolean satisfied() {
            return false;
        }

        @Override
        public void close() {}
    }
}
