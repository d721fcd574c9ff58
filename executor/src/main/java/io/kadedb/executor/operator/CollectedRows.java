package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into a store that somebody else owns; for runs on one thread.
 *
 * @param most rows that are wanted
 */
record CollectedRows(RowStore rows, int most) implements Sink {
    CollectedRows(RowStore rows) {
        this(rows, Integer.MAX_VALUE);
    }

    @Override
    public Stage open(Worker worker) {
        return new Collecting(rows, most);
    }

    private record Collecting(RowStore rows, int most) implements Stage {
        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            rows.append(batch, selection, Math.min(count, most - rows.rows()));
        }

        @Override
        public void end() {}

        @Override
        public boolean satisfied() {
            return rows.rows() >= most;
        }

        @Override
        public void close() {}
    }
}
