package io.kadedb.storage.keyspace;

import io.kadedb.common.seam.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when told to. */
public final class ManualClock implements Clock {
    private final AtomicLong micros = new AtomicLong(1_800_000_000_000_000L);

    public void advance(Duration duration) {
        micros.addAndGet(duration.toNanos() / 1_000);
    }

    @Override
    public long wallMicros() {
        return micros.get();
    }

    @Override
    public long nanoTime() {
        return micros.get() * 1_000;
    }
}
