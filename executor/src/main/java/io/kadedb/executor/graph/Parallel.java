package io.kadedb.executor.graph;

import io.kadedb.executor.pipeline.QueryRun;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Loops over ranges of numbers, cut into chunks that the calling thread and idle workers take in turn. The caller goes on
 * when all are done; it never waits for a worker that has not begun, so a busy pool only makes loops slower.
 */
public final class Parallel {
    private final QueryRun run;
    private final int helpers;

    public Parallel(QueryRun run) {
        this.run = run;
        this.helpers = run.threads() - 1;
    }

    /** The body of a loop. */
    @FunctionalInterface
    public interface Range {
        /** Does the work for the numbers from the first to before the last. */
        void run(int from, int to);
    }

    /** Threads that may work at once. */
    public int threads() {
        return helpers + 1;
    }

    /** To be called in long loops outside of {@link #forEach}: fails when the statement was cancelled. */
    public void checkpoint() {
        run.checkpoint();
    }

    /**
     * Runs a loop over {@code 0..n-1}.
     *
     * @param grain how many numbers are handed out at a time
     */
    public void forEach(int n, int grain, Range body) {
        Loop loop = new Loop(n, grain, body);
        for (int i = 0; i < Math.min(helpers, loop.chunks - 1); i++) {
            run.resume(loop::help);
        }
        loop.work();
        loop.await();
    }

    private final class Loop {
        private final int n;
        private final int grain;
        private final int chunks;
        private final Range body;
        private final AtomicInteger next = new AtomicInteger();
        private int active;
        private @Nullable Throwable failure;

        Loop(int n, int grain, Range body) {
            this.n = n;
            this.grain = grain;
            this.chunks = (int) (((long) n + grain - 1) / grain);
            this.body = body;
        }

        void help() {
            synchronized (this) {
                active++;
            }
            work();
            synchronized (this) {
                active--;
                notifyAll();
            }
        }

        void work() {
            try {
                for (int chunk = next.getAndIncrement(); chunk < chunks && !failed(); chunk = next.getAndIncrement()) {
                    run.checkpoint();
                    int from = chunk * grain;
                    body.run(from, (int) Math.min(n, (long) from + grain));
                }
            } catch (RuntimeException | Error e) {
                synchronized (this) {
                    failure = failure == null ? e : failure;
                }
            }
        }

        private synchronized boolean failed() {
            return failure != null;
        }

        /** Waits for those that have begun; who begins later finds nothing to do. */
        synchronized void await() {
            boolean interrupted = false;
            while (active > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
