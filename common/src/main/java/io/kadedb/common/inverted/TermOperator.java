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
    MATCHES("@@"),
    PATH_EXISTS("@?"),
    PATH_MATCHES("@@"),
    LIKE("like"),
    ILIKE("ilike"),
    REGEX("~"),
    IREGEX("~*");

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
            case CONTAINS -> terms != TermClass.TSVECTOR && terms != TermClass.TRIGRAM;
            case MATCHES -> terms == TermClass.TSVECTOR;
            case CONTAINED, OVERLAPS -> terms == TermClass.ARRAY;
            case EQUAL -> terms == TermClass.ARRAY || terms == TermClass.TRIGRAM;
            case PATH_EXISTS, PATH_MATCHES -> terms == TermClass.JSONB || terms == TermClass.JSONB_PATH;
            case LIKE, ILIKE, REGEX, IREGEX -> terms == TermClass.TRIGRAM;
            case HAS_KEY, HAS_ANY_KEY, HAS_ALL_KEYS -> terms == TermClass.JSONB;
        };
    }
}
