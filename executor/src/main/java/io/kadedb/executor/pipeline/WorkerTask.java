package io.kadedb.executor.pipeline;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.Profiler.Lane;
import io.kadedb.storage.api.BatchSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker's part in a pipeline: takes morsels until there are none. Between two batches it gives way to other
 * queries when its time slice is over, or when the sink is full; it then runs again later, maybe on another thread.
 */
final class WorkerTask implements Runnable {
    private static final long SLICE_NANOS = 5_000_000;

    private final QueryRun run;
    private final Pipeline pipeline;
    private final Runnable done;
    private final Lane lane;
    private final int sourceIndex;
    private @Nullable Stage chain;
    private @Nullable BatchSource reader;

    WorkerTask(QueryRun run, Pipeline pipeline, Runnable done) {
        this.run = run;
        this.pipeline = pipeline;
        this.done = done;
        this.lane = run.profiler().lane();
        this.sourceIndex = run.profiler().indexOf(pipeline.sourceNode());
    }

    @Override
    public void run() {
        lane.resume(sourceIndex);
        boolean paused = false;
        try {
            paused = !work();
        } catch (RuntimeException | Error e) {
            run.fail(e);
        }
        if (!paused) {
            closeAll();
            lane.pause();
            run.profiler().release(lane);
            done.run();
        }
    }

    /** Works until there is nothing left to do; false when it is to be run again. */
    private boolean work() {
        Stage stage = chain;
        if (stage == null) {
            stage = openChain();
            chain = stage;
        }
        long sliceEnd = System.nanoTime() + SLICE_NANOS;
        while (!run.isStopped() && !stage.satisfied()) {
            run.context().cancel().checkpoint();
            WorkerPool pool = run.pool();
            if (pool != null && mustPause(pool, sliceEnd)) {
                return false;
            }
            if (reader == null) {
                reader = pipeline.source().next();
                if (reader == null) {
                    break;
                }
            }
            Batch batch = reader.next();
            if (batch == null) {
                BatchSource finished = reader;
                reader = null;
                finished.close();
            } else if (batch.length() > 0) {
                push(batch, reader, stage);
            }
        }
        if (!run.isStopped()) {
            stage.end();
        }
        return true;
    }

    private void push(Batch batch, BatchSource source, Stage stage) {
        int most = run.shortcuts().batchRows();
        int[] selection = source.selection();
        int count = selection == null ? batch.length() : source.selected();
        if (count <= most) {
            stage.push(batch, selection, count);
            return;
        }
        for (int from = 0; from < count && !stage.satisfied(); from += most) {
            int[] rows = new int[Math.min(most, count - from)];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = selection == null ? from + i : selection[from + i];
            }
            stage.push(batch, rows, rows.length);
        }
    }

    /** After a true answer another thread may already run this task: nothing of it may be touched any more. */
    private boolean mustPause(WorkerPool pool, long sliceEnd) {
        lane.pause();
        if (pipeline.sink().park(this)) {
            return true;
        }
        if (System.nanoTime() - sliceEnd > 0 && pool.contended()) {
            pool.execute(this);
            return true;
        }
        return false;
    }

    private Stage openChain() {
        Worker worker = new Worker(run, lane);
        Profiler profiler = run.profiler();
        int consumer = profiler.indexOf(pipeline.sinkNode());
        Stage stage = pipeline.sink().open(worker);
        List<Pipeline.Step> steps = pipeline.steps();
        try {
            for (int i = steps.size() - 1; i >= 0; i--) {
                int producer = profiler.indexOf(steps.get(i).node());
                if (producer != consumer) {
                    stage = new Meter(lane, producer, consumer, stage);
                }
                stage = steps.get(i).transform().open(worker, stage);
                consumer = producer;
            }
        } catch (RuntimeException | Error e) {
            stage.close();
            throw e;
        }
        return sourceIndex == consumer ? stage : new Meter(lane, sourceIndex, consumer, stage);
    }

    private void closeAll() {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (RuntimeException | Error e) {
            run.fail(e);
        }
        try {
            if (chain != null) {
                chain.close();
            }
        } catch (RuntimeException | Error e) {
            run.fail(e);
        }
    }
}
