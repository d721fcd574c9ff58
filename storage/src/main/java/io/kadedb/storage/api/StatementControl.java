package io.kadedb.storage.api;

import io.kadedb.common.control.CancelToken;

/**
 * What ends the waiting of a statement.
 *
 * @param lockTimeoutMillis how long it waits for one lock at most; 0 for as long as it takes
 */
public record StatementControl(CancelToken cancel, long lockTimeoutMillis) {
    /** Waits as long as it takes. */
    public static StatementControl unlimited() {
        return new StatementControl(CancelToken.unbounded(), 0);
    }
}
