package io.kadedb.storage.api;

import io.kadedb.common.control.CancelToken;

/**
 * What a statement gives the store to work with.
 *
 * @param cancel ends its waiting
 * @param lockTimeoutMillis how long it waits for one lock at most; 0 for as long as it takes
 * @param completion computes values of rows that referential actions change
 */
public record StatementControl(CancelToken cancel, long lockTimeoutMillis, RowCompletion completion) {
    /** Without values to compute. */
    public StatementControl(CancelToken cancel, long lockTimeoutMillis) {
        this(cancel, lockTimeoutMillis, RowCompletion.none());
    }

    /** Waits as long as it takes. */
    public static StatementControl unlimited() {
        return new StatementControl(CancelToken.unbounded(), 0);
    }
}
