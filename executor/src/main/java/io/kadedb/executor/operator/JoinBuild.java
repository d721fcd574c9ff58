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

/** Gathers the right side of a join and makes its {@link JoinTable}. */
final class JoinBuild implements Sink {
    private final List<Field> fields;
    private final QueryRun run;
    private final MemoryPool memory;
    private final JoinTable table;
    private final boolean marks;

    /**
     * @param marks whether rows with a partner are to be told from others
     */
    JoinBuild(JoinSpec spec, boolean marks, QueryRun run) {
        this(
                spec.name() + " build",
                spec.rightFields(),
                spec.rightKeys(),
                spec.keyFields(),
                spec.nullsEqual(),
                marks,
                run);
    }

    JoinBuild(
            String name,
            List<Field> fields,
            int[] keyColumns,
            List<Field> keyFields,
            boolean nullsEqual,
            boolean marks,
            QueryRun run) {
        this.fields = fields;
        this.marks = marks;
        this.run = run;
        this.memory = run.memoryFor(name);
        this.table = new JoinTable(fields, keyColumns, keyFields, nullsEqual, memory);
    }

    /** Complete once the pipelines into this sink have ended. */
    JoinTable table() {
        return table;
    }

    /** Where its memory comes from. */
    MemoryPool memory() {
        return memory;
    }

    @Override
    public Stage open(Worker worker) {
        return new Gathering();
    }

    @Override
    public void finish() {
        table.build(marks, run);
    }

    @Override
    public void close() {
        table.close();
        memory.close();
    }

    /** Collects one worker's rows. */
    private final class Gathering implements Stage {
        private final RowStore local = new RowStore(fields, memory);

        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            local.append(batch, selection, count);
        }

        @Override
        public void end() {
            synchronized (table) {
                table.rows.appendAll(local);
            }
        }

        @Override
        public boolean satisfied() {
            return false;
        }

        @Override
        public void close() {
            local.close();
        }
    }
}
