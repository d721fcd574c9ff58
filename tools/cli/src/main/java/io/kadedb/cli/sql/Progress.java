package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A line at the bottom of a terminal that tells how long a statement has run; gone when it gives its result. */
final class Progress implements AutoCloseable {
    static final Duration DELAY = Duration.ofSeconds(2);
    static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String ERASE = "\r\u001B[2K";

    private final PrintWriter out;
    private final long start = System.nanoTime();
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean shown;

    private Progress(PrintWriter out) {
        this.out = out;
    }

    /** Shows itself after the delay and then at intervals. */
    static Progress start(PrintWriter out, Duration delay, Duration interval) {
        Progress progress = new Progress(out);
        Thread _ = Thread.ofVirtual().name("progress").start(() -> progress.run(delay, interval));
        return progress;
    }

    private void run(Duration delay, Duration interval) {
        try {
            boolean ended = done.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            while (!ended) {
                show();
                ended = done.await(interval.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show() {
        if (done.getCount() > 0) {
            out.print(ERASE + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s, Ctrl-C cancels");
            out.flush();
            shown = true;
        }
    }

    /** Takes the line away; from here on the terminal is the caller's. */
    @Override
    public synchronized void close() {
        done.countDown();
        if (shown) {
            out.print(ERASE);
            out.flush();
            shown = false;
        }
    }
}
