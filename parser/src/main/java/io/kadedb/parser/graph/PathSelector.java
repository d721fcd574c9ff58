package io.kadedb.parser.graph;

/** Which of the paths between two vertices are matches. */
public enum PathSelector {
    /** All of them. */
    ALL(""),
    /** One of those with the fewest edges. */
    ANY_SHORTEST("ANY SHORTEST "),
    /** All of those with the fewest edges. */
    ALL_SHORTEST("ALL SHORTEST ");

    private final String sql;

    PathSelector(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
