package io.kadedb.sqltests.fuzz.sql;

import java.util.List;

/** A statement and what it answers. */
public record Statement(Part sql, Answer answer) {

    /** What comes of a statement. */
    public sealed interface Answer {}

    /**
     * Rows.
     *
     * @param kinds of the columns
     * @param ordered whether all of the order is told, but for equal rows
     */
    public record Rows(List<Kind> kinds, boolean ordered) implements Answer {
        public Rows {
            kinds = List.copyOf(kinds);
        }
    }

    /** A number of changed rows. */
    public record Count() implements Answer {}

    /** Nothing but success. */
    public record Done() implements Answer {}

    public static Statement query(Part sql, List<Kind> kinds, boolean ordered) {
        return new Statement(sql, new Rows(kinds, ordered));
    }

    public static Statement change(Part sql) {
        return new Statement(sql, new Count());
    }

    public static Statement definition(Part sql) {
        return new Statement(sql, new Done());
    }

    /** Another statement of this sort; a query may have lost columns. */
    public Statement with(Part other) {
        return new Statement(
                other,
                answer instanceof Rows rows ? new Rows(Columns.of(other, rows.kinds()), rows.ordered()) : answer);
    }
}
