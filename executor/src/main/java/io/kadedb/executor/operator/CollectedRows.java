package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import org.jspecify.annotations.Nullable;

/** Puts rows into a store that somebody else owns; for runs on one thread. */
record CollectedRows(RowStore rows) implements Sink {
    @Override
    public Stage open(Worker worker) {
        return new Collecting(rows);
    }

    private record Collecting(RowStore rows) implements Stage {
        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            rows.append(batch, selection, count);
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
