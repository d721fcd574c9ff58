package io.kadedb.common.lock;

import java.util.Locale;

/** How strongly a row or a table is locked. */
public interface LockMode {
    /** The mode's name in Java. */
    String name();

    /** What it means for the table: a lock of rows is a weak one of their table. */
    TableLockMode ofTable();

    /** Whether two transactions cannot hold the modes, of one row or one of its table. */
    default boolean excludes(LockMode other) {
        return ofTable().conflictsWith(other.ofTable());
    }

    /** The mode in SQL's words. */
    default String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
