package io.kadedb.cli.sql;

import java.sql.SQLException;

/** Prints what a statement gave. */
interface ResultPrinter {
    /** Prints all rows that are left; rows already printed stay if reading fails. */
    void rows(Rows rows) throws SQLException;

    /** Tells that a statement without rows is done, where people read it. */
    default void done(long count) {}
}
