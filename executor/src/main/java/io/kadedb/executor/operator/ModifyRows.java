package io.kadedb.executor.operator;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify.Operation;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SqlTransaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands rows to storage one worker at a time, those to change or remove only once; then gives their number, or what is
 * to be returned of them.
 */
final class ModifyRows implements Sink {
    private final PhysicalPlan.Modify plan;
    private final QueryRun run;
    private final MemoryPool memory;
    private final RowStore plain;
    private final RowStore result;
    private final KeyTable seen;
    private final KeyEncoder rowIds;
    private final int[] ids = new int[Batch.MAX_ROWS];
    private final int[] added = new int[Batch.MAX_ROWS];
    private @Nullable RowSink sink;

    ModifyRows(PhysicalPlan.Modify plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
        this.memory = run.memoryFor("Modify");
        this.plain = new RowStore(plan.input().output(), memory);
        this.result = new RowStore(plan.output(), memory);
        KeyLayout layout = KeyLayout.of(List.of(new Field("row id", SqlType.BIGINT, false)), false);
        this.seen = new KeyTable(layout, memory);
        this.rowIds = new KeyEncoder(layout, new int[] {0}, new @Nullable TextInterner[1], true);
    }

    private RowSink sink() {
        RowSink open = sink;
        if (open == null) {
            TableDefinition table = run.context().tables().apply(plan.table().id());
            SqlTransaction transaction = run.context().transaction();
            open = switch (plan.operation()) {
                case INSERT -> transaction.insert(table);
                case UPDATE -> transaction.update(table);
                case DELETE -> transaction.delete(table);
            };
            sink = open;
        }
        return open;
    }

    @Override
    public Stage open(Worker worker) {
        return new Writing();
    }

    private synchronized void write(Batch batch, int @Nullable [] selection, int count) {
        int[] rows = selection;
        int n = count;
        if (plan.operation() != Operation.INSERT) {
            rowIds.encode(batch, selection, count);
            n = seen.findOrAdd(rowIds.words, count, ids, added);
            for (int i = 0; i < n; i++) {
                added[i] = Columns.row(selection, added[i]);
            }
            rows = added;
        }
        if (n > 0) {
            plain.clear();
            plain.append(batch, rows, n);
            Batch all = plain.all();
            sink().accept(all);
            if (plan.returning().isPresent()) {
                keep(all, plan.returning().get());
            }
        }
    }

    private void keep(Batch rows, List<Integer> columns) {
        List<ColumnVector> kept = columns.stream().map(rows::column).toList();
        result.append(new Batch(rows.length(), kept), null, rows.length());
    }

    @Override
    public void finish() {
        long written = sink().finish();
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
        seen.close();
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
