package io.kadedb.storage.transaction;

import io.kadedb.common.seam.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How threads wait for locks.
 *
 * @param overtaking for how long others may be given what is free for a request
 * @param pause after which a request that was passed is called again, and looks by itself
 * @param spinNanos who is next in line looks for so long before it sleeps
 * @param parking how a thread sleeps
 */
record LockWaiting(Clock clock, Duration overtaking, Duration pause, long spinNanos, Parking parking) {
    /** A wake-up takes longer than a short transaction, and longer than a look. */
    static final LockWaiting DEFAULT = new LockWaiting(
            Clock.system(),
            Duration.ofMillis(1),
            Duration.ofNanos(100_000),
            Runtime.getRuntime().availableProcessors() > 1 ? 10_000 : 0,
            LockSupport::parkNanos);

    /** As {@link LockSupport#parkNanos(Object, long)}: may return at any time. */
    @FunctionalInterface
    interface Parking {
        void park(Object blocker, long nanos);
    }
}
