package io.kadedb.common.seam;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Runs work now or later; a simulation runs it in one thread in an order drawn from its seed. */
public interface Scheduler extends Executor {
    /** Runs the task once after the delay. */
    Cancellable schedule(Duration delay, Runnable task);

    /** Stops what {@link #schedule} planned, if it has not begun. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
