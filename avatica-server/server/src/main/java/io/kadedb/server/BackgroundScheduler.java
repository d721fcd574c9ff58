package io.kadedb.server;

import io.kadedb.common.seam.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs a node's background work on one daemon thread. What is handed in after the end is dropped: it can wait. */
final class BackgroundScheduler implements Scheduler, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor thread;

    BackgroundScheduler(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        });
        thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            assert thread.isShutdown() : "the queue has no limit";
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Future<?> planned = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    /** Lets what runs come to its end and drops the rest. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("background work does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
