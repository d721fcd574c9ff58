package io.kadedb.storage.transaction;

import io.kadedb.common.seam.Clock;
import io.kadedb.storage.lock.LockRequest;
import io.kadedb.storage.lock.LockTable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread's waiting for one lock. */
final class LockSleep {
    /** Who is next in line looks for so long before it sleeps: less than it takes to wake a thread. */
    private static final long SPIN_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 10_000 : 0;

    private final LockTable table;
    private final LockRequest request;
    private final Clock clock;
    private volatile @Nullable Thread sleeper;

    LockSleep(LockTable table, LockRequest request, Clock clock) {
        this.table = table;
        this.request = request;
        this.clock = clock;
        request.listener(this::wake);
    }

    private void wake() {
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits so long at most, or until the thread is interrupted; true when the request has its outcome. */
    boolean await(long nanos) {
        long begin = clock.nanoTime();
        long spin = request.isNext() ? Math.min(nanos, SPIN_NANOS) : 0;
        while (!isOver()) {
            long waited = clock.nanoTime() - begin;
            if (waited >= nanos || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (waited < spin) {
                Thread.onSpinWait();
            } else {
                sleep(nanos - waited);
                // Woken to take the lock, but another may be about to give it back.
                spin = clock.nanoTime() - begin + SPIN_NANOS;
            }
        }
        return true;
    }

    private void sleep(long nanos) {
        sleeper = Thread.currentThread();
        if (!request.isCalled() && !request.outcome().isDone()) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }

    private boolean isOver() {
        if (request.isCalled()) {
            table.take(request);
        }
        return request.outcome().isDone();
    }
}
