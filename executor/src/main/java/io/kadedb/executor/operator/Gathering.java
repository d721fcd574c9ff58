package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.Stage;
import org.jspecify.annotations.Nullable;

/** Collects one worker's rows, and gives them at the end to those that all workers collect. */
final class Gathering implements Stage {
    private final RowStore local;
    private final RowStore all;

    /**
     * A worker's collection.
     *
     * @param local takes the worker's rows; closed with this
     * @param all the workers' rows together, which workers hold by turns
     */
    Gathering(RowStore local, RowStore all) {
        this.local = local;
        this.all = all;
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        local.append(batch, selection, count);
    }

    @Override
    public void end() {
        synchronized (all) {
            all.appendAll(local);
        }
        local.clear();
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
