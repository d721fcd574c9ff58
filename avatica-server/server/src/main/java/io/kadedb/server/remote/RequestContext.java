package io.kadedb.server.remote;

import io.kadedb.common.control.CancelToken;
import org.jspecify.annotations.Nullable;

/** What surrounds one request: its deadline, and whether somebody wants it stopped. Thread-safe. */
public final class RequestContext {
    private final long timeoutMillis;
    private volatile boolean cancelled;
    private volatile @Nullable CancelToken token;

    /** @param timeoutMillis 0 for none */
    public RequestContext(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    long timeoutMillis() {
        return timeoutMillis;
    }

    /** Stops the request's statement, which may begin only after this call. */
    public void cancel() {
        cancelled = true;
        CancelToken running = token;
        if (running != null) {
            running.cancel();
        }
    }

    /** Fails with 57014 once the request's statement is to stop. */
    void checkpoint() {
        CancelToken running = token;
        if (running != null) {
            running.checkpoint();
        }
    }

    /** Names the token of what the request runs. */
    void runs(CancelToken running) {
        token = running;
        if (cancelled) {
            running.cancel();
        }
    }
}
