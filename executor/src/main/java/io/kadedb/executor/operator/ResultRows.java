package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands rows to the client: workers copy them into plain batches, the client takes these from a bounded queue. Workers
 * are parked between batches when the queue is full; one that makes many batches of one waits within, at a higher mark.
 */
public final class ResultRows implements Sink {
    private static final int PARK_AT = 16;
    private static final int RESUME_AT = 8;
    private static final int WAIT_AT = 64;
    private static final long POLL_MILLIS = 10;

    private final List<Field> fields;
    private final QueryRun run;
    private final MemoryPool memory;
    private final boolean bounded;
    private final ArrayDeque<RowStore> full = new ArrayDeque<>();
    private final ArrayDeque<RowStore> empty = new ArrayDeque<>();
    private final List<Runnable> parked = new ArrayList<>();
    private @Nullable RowStore current;
    private boolean ended;

    /**
     * @param bounded false when the plan runs on the client's own thread, which cannot wait for itself
     */
    public ResultRows(List<Field> fields, QueryRun run, boolean bounded) {
        this.fields = fields;
        this.run = run;
        this.memory = run.memoryFor("result");
        this.bounded = bounded;
    }

    @Override
    public Stage open(Worker worker) {
        return new Copying();
    }

    @Override
    public synchronized boolean park(Runnable resume) {
        if (!bounded || full.size() < PARK_AT || run.isStopped()) {
            return false;
        }
        parked.add(resume);
        return true;
    }

    private RowStore takeEmpty() {
        synchronized (this) {
            RowStore recycled = empty.poll();
            if (recycled != null) {
                return recycled;
            }
        }
        return new RowStore(fields, memory);
    }

    private void give(RowStore rows) {
        boolean blocking = false;
        try {
            synchronized (this) {
                while (bounded && full.size() >= WAIT_AT && !run.isStopped()) {
                    if (!blocking) {
                        blocking = true;
                        run.beginBlocking();
                    }
                    wait(POLL_MILLIS);
                }
                full.add(rows);
                notifyAll();
            }
        } catch (InterruptedException e) {
            synchronized (this) {
                full.add(rows);
            }
            Thread.currentThread().interrupt();
        } finally {
            if (blocking) {
                run.endBlocking();
            }
        }
        run.checkpoint();
    }

    /** Called when the query has ended, well or not. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Lets parked workers run on, so that they see that the query has been stopped. */
    public void release() {
        List<Runnable> waiting;
        synchronized (this) {
            waiting = List.copyOf(parked);
            parked.clear();
            notifyAll();
        }
        waiting.forEach(run::resume);
    }

    /**
     * The next rows, valid until the next call; null when there are no more, or when the query failed. Waits for them.
     *
     * @throws io.kadedb.common.error.KadeException 57014 when the query is cancelled meanwhile
     */
    public @Nullable Batch take() {
        RowStore next;
        boolean resume;
        synchronized (this) {
            recycle();
            while (full.isEmpty() && !ended) {
                run.context().cancel().checkpoint();
                try {
                    wait(POLL_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    run.context().cancel().cancel();
                }
            }
            next = full.poll();
            current = next;
            resume = full.size() < RESUME_AT && !parked.isEmpty();
            if (full.size() == WAIT_AT - 1) {
                notifyAll();
            }
        }
        if (resume) {
            release();
        }
        return next == null ? null : next.all();
    }

    private void recycle() {
        RowStore done = current;
        if (done != null) {
            current = null;
            done.clear();
            empty.add(done);
        }
    }

    @Override
    public synchronized void close() {
        recycle();
        full.forEach(RowStore::close);
        empty.forEach(RowStore::close);
        full.clear();
        empty.clear();
        memory.close();
    }

    /** Gathers one worker's rows into batches. */
    private final class Copying implements Stage {
        private @Nullable RowStore local;

        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            RowStore rows = local;
            if (rows != null && rows.rows() + count > Batch.MAX_ROWS) {
                local = null;
                give(rows);
                rows = null;
            }
            if (rows == null) {
                rows = takeEmpty();
                local = rows;
            }
            rows.append(batch, selection, count);
        }

        @Override
        public void end() {
            RowStore rows = local;
            if (rows != null) {
                local = null;
                give(rows);
            }
        }

        @Override
        public boolean satisfied() {
            return false;
        }

        @Override
        public void close() {
            if (local != null) {
                local.close();
                local = null;
            }
        }
    }
}
