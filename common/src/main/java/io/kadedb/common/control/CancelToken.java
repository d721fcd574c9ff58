package io.kadedb.common.control;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Clock;

/** Stops a statement from outside: by cancel, or by its deadline. Thread-safe. */
public final class CancelToken {
    private static final long NEVER = Long.MAX_VALUE;

    private final Clock clock;
    private final long deadlineNanos;
    private final long timeoutMillis;
    private volatile boolean cancelled;

    private CancelToken(Clock clock, long timeoutMillis) {
        this.clock = clock;
        this.timeoutMillis = timeoutMillis;
        this.deadlineNanos = timeoutMillis == 0 ? NEVER : clock.nanoTime() + timeoutMillis * 1_000_000;
    }

    /** A token that ends only by {@link #cancel}. */
    public static CancelToken unbounded() {
        return new CancelToken(Clock.system(), 0);
    }

    /**
     * A token that also ends by itself.
     *
     * @param timeoutMillis from now; 0 for no deadline
     */
    public static CancelToken withTimeout(Clock clock, long timeoutMillis) {
        return new CancelToken(clock, timeoutMillis);
    }

    public void cancel() {
        cancelled = true;
    }

    /**
     * Cheap enough for every batch.
     *
     * @throws KadeException 57014 once cancelled or past the deadline
     */
    public void checkpoint() {
        if (cancelled) {
            throw KadeException.of(ErrorCode.QUERY_CANCELED, "the statement was cancelled");
        }
        if (deadlineNanos != NEVER && clock.nanoTime() - deadlineNanos > 0) {
            throw KadeException.of(
                            ErrorCode.QUERY_CANCELED,
                            "the statement ran longer than its time-out of " + timeoutMillis + " ms")
                    .hint("raise it with SET statement_timeout = <milliseconds>, or 0 for none");
        }
    }
}
