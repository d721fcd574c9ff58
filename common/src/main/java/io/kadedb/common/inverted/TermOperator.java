package io.kadedb.common.inverted;

/** The operators that an inverted index answers; the indexed value is on their left. */
public enum TermOperator {
    CONTAINS("@>"),
    CONTAINED("<@"),
    OVERLAPS("&&"),
    EQUAL("="),
    HAS_KEY("?"),
    HAS_ANY_KEY("?|"),
    HAS_ALL_KEYS("?&"),
    MATCHES("@@");

    private final String sql;

    TermOperator(String sql) {
        this.sql = sql;
    }

    public String sql() {
        return sql;
    }

    /** Whether indexes of a class answer it. */
    public boolean isOf(TermClass terms) {
        return switch (this) {
            case CONTAINS -> terms != TermClass.TSVECTOR;
            case MATCHES -> terms == TermClass.TSVECTOR;
            case CONTAINED, OVERLAPS, EQUAL -> terms == TermClass.ARRAY;
            case HAS_KEY, HAS_ANY_KEY, HAS_ALL_KEYS -> terms == TermClass.JSONB;
        };
    }
}
