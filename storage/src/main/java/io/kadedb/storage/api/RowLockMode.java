package io.kadedb.storage.api;

/**
 * How strongly a row is locked, weakest first: PostgreSQL's four. Each conflicts with all that the weaker ones conflict
 * with.
 */
public enum RowLockMode {
    /** FOR KEY SHARE: the row stays, and its key. */
    KEY_SHARE,
    /** FOR SHARE: the row stays as it is. */
    SHARE,
    /** FOR NO KEY UPDATE, and an UPDATE that leaves the key. */
    NO_KEY_UPDATE,
    /** FOR UPDATE, DELETE, INSERT, and an UPDATE of the key. */
    UPDATE;

    /** Whether two transactions cannot hold the modes on one row. */
    public boolean conflictsWith(RowLockMode other) {
        return ordinal() + other.ordinal() >= UPDATE.ordinal();
    }

    public boolean covers(RowLockMode weaker) {
        return ordinal() >= weaker.ordinal();
    }
}
