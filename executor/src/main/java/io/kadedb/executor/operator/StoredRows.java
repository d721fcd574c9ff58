package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.storage.api.BatchSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rows that an earlier pipeline, or the statement itself, has put into a store, in order. */
final class StoredRows implements Source {
    private final Supplier<RowStore> store;
    private int from;
    private int to;

    StoredRows(Supplier<RowStore> store) {
        this.store = store;
    }

    @Override
    public int start() {
        to = store.get().rows();
        return 1;
    }

    @Override
    public synchronized @Nullable BatchSource next() {
        return from < to ? new Reader() : null;
    }

    private final class Reader implements BatchSource {
        @Override
        public @Nullable Batch next() {
            if (from >= to) {
                return null;
            }
            int count = Math.min(Batch.MAX_ROWS, to - from);
            Batch batch = store.get().slice(from, count);
            from += count;
            return batch;
        }

        @Override
        public void close() {}
    }
}
