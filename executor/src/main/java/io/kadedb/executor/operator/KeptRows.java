package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of one part of a statement for the parts after it. */
final class KeptRows implements Sink {
    private final MemoryPool memory;
    private final RowStore rows;
    private final ChangedOnce changedOnce;

    /**
     * Begins without rows.
     *
     * @param operator whose memory they take
     * @param changedOnce of the whole statement, to be freed with it
     */
    KeptRows(String operator, List<Field> fields, QueryRun run, ChangedOnce changedOnce) {
        this.memory = run.memoryFor(operator);
        this.rows = new RowStore(fields, memory);
        this.changedOnce = changedOnce;
    }

    RowStore rows() {
        return rows;
    }

    @Override
    public Stage open(Worker worker) {
        return new Stage() {
            @Override
            public void push(Batch batch, int @Nullable [] selection, int count) {
                synchronized (KeptRows.this) {
                    rows.append(batch, selection, count);
                }
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
        rows.all();
    }

    @Override
    public void close() {
        rows.close();
        memory.close();
        changedOnce.close();
    }
}
