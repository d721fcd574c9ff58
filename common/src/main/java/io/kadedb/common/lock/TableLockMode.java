package io.kadedb.common.lock;

import java.util.Arrays;
import java.util.Optional;

/**
 * How strongly a table is locked: PostgreSQL's eight modes, weakest first, and which exclude which (its manual, "Explicit
 * Locking", table 13.2). Readers take none: they read their snapshot whatever is locked.
 */
public enum TableLockMode implements LockMode {
    ACCESS_SHARE(0, 0b1000_0000),
    /** What rows locked FOR SHARE or FOR KEY SHARE mean. */
    ROW_SHARE(1, 0b1100_0000),
    /** What written rows mean, and those locked FOR UPDATE. */
    ROW_EXCLUSIVE(2, 0b1111_0000),
    SHARE_UPDATE_EXCLUSIVE(3, 0b1111_1000),
    /** Nobody writes. */
    SHARE(4, 0b1110_1100),
    SHARE_ROW_EXCLUSIVE(5, 0b1111_1100),
    /** Nobody else writes or locks rows. */
    EXCLUSIVE(6, 0b1111_1110),
    ACCESS_EXCLUSIVE(7, 0b1111_1111);

    private final int strength;
    /** A bit for each mode, at its strength. */
    private final int excluded;

    TableLockMode(int strength, int excluded) {
        this.strength = strength;
        this.excluded = excluded;
    }

    /** Whether two transactions cannot hold the modes on one table. */
    public boolean conflictsWith(TableLockMode other) {
        return (excluded & 1 << other.strength) != 0;
    }

    @Override
    public TableLockMode ofTable() {
        return this;
    }

    /** The mode of SQL's words, in lower case. */
    public static Optional<TableLockMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }
}
