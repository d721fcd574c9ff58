package io.kadedb.cli.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Prints what a statement gave. */
interface ResultPrinter {
    /** Prints all rows that are left; rows already printed stay if reading fails. */
    void rows(ResultSet rows) throws SQLException;

    /** Tells that a statement without rows is done, where people read it. */
    void done(long count);
}
