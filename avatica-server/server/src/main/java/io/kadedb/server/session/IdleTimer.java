package io.kadedb.server.session;

import io.kadedb.common.seam.Scheduler;
import io.kadedb.common.seam.Scheduler.Cancellable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Notices that a session has been idle for too long. Guarded by the session's gate. */
final class IdleTimer {
    private final Scheduler scheduler;
    private final ReentrantLock gate;
    private final Runnable expired;
    private Optional<Cancellable> planned = Optional.empty();
    private long round;

    /**
     * A timer.
     *
     * @param gate held while the session does something
     * @param expired runs on another thread, which then holds the gate
     */
    IdleTimer(Scheduler scheduler, ReentrantLock gate, Runnable expired) {
        this.scheduler = scheduler;
        this.gate = gate;
        this.expired = expired;
    }

    /** The session does something. */
    void stop() {
        round++;
        planned.ifPresent(Cancellable::cancel);
        planned = Optional.empty();
    }

    /** The session does nothing from now on; 0 for as long as it likes. */
    void start(long timeoutMillis) {
        stop();
        if (timeoutMillis > 0) {
            long started = round;
            planned = Optional.of(scheduler.schedule(Duration.ofMillis(timeoutMillis), () -> expire(started)));
        }
    }

    private void expire(long started) {
        if (gate.tryLock()) {
            try {
                if (round == started) {
                    expired.run();
                }
            } finally {
                gate.unlock();
            }
        }
    }
}
