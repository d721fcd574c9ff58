package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;

/** Writes queries within expressions. */
interface Subqueries {
    /** At most one row of one column, in parentheses. */
    Part.Value scalar(Kind kind, Scope outer);

    /** Any number of rows of one column, in parentheses. */
    Part column(Kind kind, Scope outer);

    /** Rows of two columns, in parentheses. */
    Part pairs(Kind first, Kind second, Scope outer);

    /** Any rows, in parentheses. */
    Part rows(Scope outer);
}
