package io.kadedb.storage.transaction;

import io.kadedb.common.seam.Clock;
import io.kadedb.storage.lock.LockRequest;
import io.kadedb.storage.lock.LockTable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread's waiting for one lock. */
final class LockSleep {
    private final LockTable table;
    private final LockRequest request;
    private final Clock clock;
    private final LockWaiting waiting;
    private volatile @Nullable Thread sleeper;

    LockSleep(LockTable table, LockRequest request, LockWaiting waiting) {
        this.table = table;
        this.request = request;
        this.clock = waiting.clock();
        this.waiting = waiting;
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
        long spin = request.isNext() ? Math.min(nanos, waiting.spinNanos()) : 0;
        while (!isOver()) {
            long waited = clock.nanoTime() - begin;
            if (waited >= nanos || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (waited < spin) {
                Thread.onSpinWait();
            } else {
                sleep(nanos - waited);
            }
        }
        return true;
    }

    private void sleep(long nanos) {
        boolean looks = request.wasCalled();
        sleeper = Thread.currentThread();
        if (!request.isCalled() && !request.outcome().isDone()) {
            waiting.parking().park(this, looks ? Math.min(nanos, waiting.pause().toNanos()) : nanos);
        }
        sleeper = null;
        if (looks) {
            // Nobody need have called it again.
            table.take(request);
        }
    }

    private boolean isOver() {
        if (request.isCalled()) {
            table.take(request);
        }
        return request.outcome().isDone();
    }
}
