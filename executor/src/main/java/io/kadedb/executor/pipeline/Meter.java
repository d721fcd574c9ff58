package io.kadedb.executor.pipeline;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.Profiler.Lane;
import org.jspecify.annotations.Nullable;

/** Stands between two nodes: counts what the one gives, and hands the clock over to the other. */
final class Meter implements Stage {
    private final Lane lane;
    private final int producer;
    private final int consumer;
    private final Stage next;

    Meter(Lane lane, int producer, int consumer, Stage next) {
        this.lane = lane;
        this.producer = producer;
        this.consumer = consumer;
        this.next = next;
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        lane.rows[producer] += count;
        lane.batches[producer]++;
        lane.switchTo(consumer);
        next.push(batch, selection, count);
        lane.switchTo(producer);
    }

    @Override
    public void end() {
        lane.switchTo(consumer);
        next.end();
        lane.switchTo(producer);
    }

    @Override
    public boolean satisfied() {
        return next.satisfied();
    }

    @Override
    public void close() {
        next.close();
    }
}
