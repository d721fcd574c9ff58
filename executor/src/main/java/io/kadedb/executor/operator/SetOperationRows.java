package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.memory.Native;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.SetOperation.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INTERSECT and EXCEPT: numbers the distinct rows of both sides, and counts how often each side has them. */
final class SetOperationRows implements AutoCloseable {
    private final PhysicalPlan.SetOperation plan;
    private final QueryRun run;
    private final MemoryPool memory;
    private final @Nullable TextInterner[] texts;
    private final KeyTable table;
    private final KeyEncoder encoder;
    private final RowStore distinct;
    private final RowStore result;
    private final NativeArray counts;
    private final int[] ids = new int[Batch.MAX_ROWS];
    private final int[] added = new int[Batch.MAX_ROWS];

    SetOperationRows(PhysicalPlan.SetOperation plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
        this.memory = run.memoryFor(plan.kind() == Kind.INTERSECT ? "Intersect" : "Except");
        List<Field> fields = plan.output().stream()
                .map(f -> new Field(f.name(), f.type(), true))
                .toList();
        KeyLayout layout = KeyLayout.of(fields, true);
        int[] columns = new int[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i;
        }
        this.texts = KeyEncoder.interners(fields, memory);
        this.table = new KeyTable(layout, memory);
        this.encoder = new KeyEncoder(layout, columns, texts, true);
        this.distinct = new RowStore(fields, memory);
        this.result = new RowStore(fields, memory);
        this.counts = new NativeArray(memory);
    }

    /** Takes the rows of the right side. */
    Sink right() {
        return new Side(8);
    }

    /** Takes the rows of the left side; the result is complete after it. */
    Sink left() {
        return new Side(0);
    }

    Source rows() {
        return new StoredRows(() -> result);
    }

    private synchronized void count(int side, Batch batch, int @Nullable [] selection, int count) {
        encoder.encode(batch, selection, count);
        int fresh = table.findOrAdd(encoder.words, count, ids, added);
        if (fresh > 0) {
            for (int i = 0; i < fresh; i++) {
                added[i] = Columns.row(selection, added[i]);
            }
            distinct.append(batch, added, fresh);
            counts.ensure(16L * table.size());
        }
        for (int i = 0; i < count; i++) {
            long at = counts.address() + 16L * ids[i] + side;
            Native.putLong(at, Native.getLong(at) + 1);
        }
    }

    private void complete() {
        int[] chosen = new int[Batch.MAX_ROWS];
        int n = 0;
        for (int id = 0; id < table.size(); id++) {
            if ((id & 0xFFFF) == 0) {
                run.checkpoint();
            }
            long left = Native.getLong(counts.address() + 16L * id);
            long right = Native.getLong(counts.address() + 16L * id + 8);
            for (long copies = copies(left, right); copies > 0; copies--) {
                chosen[n++] = id;
                if (n == chosen.length) {
                    result.append(distinct.all(), chosen, n);
                    n = 0;
                }
            }
        }
        if (n > 0) {
            result.append(distinct.all(), chosen, n);
        }
        result.all();
    }

    private long copies(long left, long right) {
        return switch (plan.kind()) {
            case INTERSECT -> plan.all() ? Math.min(left, right) : Math.min(1, Math.min(left, right));
            case EXCEPT -> plan.all() ? left - right : right > 0 ? 0 : Math.min(1, left);
        };
    }

    @Override
    public void close() {
        KeyEncoder.close(texts);
        table.close();
        distinct.close();
        result.close();
        counts.close();
        memory.close();
    }

    private final class Side implements Sink {
        private final int side;

        Side(int side) {
            this.side = side;
        }

        @Override
        public Stage open(Worker worker) {
            return new Stage() {
                @Override
                public void push(Batch batch, int @Nullable [] selection, int count) {
                    SetOperationRows.this.count(side, batch, selection, count);
                }

                @Override
                public void end() {}

                @Override
                public boolean satisfied() {
                    return false;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void finish() {
            if (side == 0) {
                complete();
            }
        }

        @Override
        public void close() {
            if (side == 0) {
                SetOperationRows.this.close();
            }
        }
    }
}
