package io.kadedb.storage.api;

import io.kadedb.common.lock.LockMode;
import io.kadedb.common.lock.TableLockMode;

/**
 * How strongly a row is locked, weakest first: PostgreSQL's four. Each conflicts with all that the weaker ones conflict
 * with.
 */
public enum RowLockMode implements LockMode {
    /** FOR KEY SHARE: the row stays, and its key. */
    KEY_SHARE(0),
    /** FOR SHARE: the row stays as it is. */
    SHARE(1),
    /** FOR NO KEY UPDATE, and an UPDATE that leaves the key. */
    NO_KEY_UPDATE(2),
    /** FOR UPDATE, DELETE, INSERT, and an UPDATE of the key. */
    UPDATE(3);

    private final int strength;

    RowLockMode(int strength) {
        this.strength = strength;
    }

    /** Whether two transactions cannot hold the modes on one row. */
    public boolean conflictsWith(RowLockMode other) {
        return strength + other.strength >= UPDATE.strength;
    }

    @Override
    public boolean excludes(LockMode other) {
        return other instanceof RowLockMode row ? conflictsWith(row) : LockMode.super.excludes(other);
    }

    @Override
    public TableLockMode ofTable() {
        return strength <= SHARE.strength ? TableLockMode.ROW_SHARE : TableLockMode.ROW_EXCLUSIVE;
    }

    /** Whether who holds this mode needs not ask for the other. */
    public boolean covers(RowLockMode weaker) {
        return strength >= weaker.strength;
    }
}
