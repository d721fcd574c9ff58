package io.kadedb.cli.sql;

/** What is told of a statement's rows where people read it. */
final class Footer {
    private Footer() {}

    /** How many rows were printed. */
    static String rows(long count) {
        return "(" + count + (count == 1 ? " row)" : " rows)") + "\n";
    }

    /** How many rows a statement without rows changed. */
    static String done(long count) {
        return count == 0 ? "OK\n" : "OK, " + count + (count == 1 ? " row\n" : " rows\n");
    }
}
