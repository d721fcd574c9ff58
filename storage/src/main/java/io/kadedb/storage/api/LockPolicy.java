package io.kadedb.storage.api;

/** What happens when a row is locked by another transaction. */
public enum LockPolicy {
    /** Wait for it. */
    WAIT,
    /** Fail with 55P03. */
    NOWAIT,
    /** Do without the row. */
    SKIP_LOCKED
}
