package io.kadedb.sqltests.fuzz.sql;

/**
 * The type of a column.
 *
 * @param precision digits of a number or characters of a text; 0 for none
 * @param scale digits behind the point
 */
public record SqlType(Kind kind, int precision, int scale) {
    public static SqlType of(Kind kind) {
        return new SqlType(kind, 0, 0);
    }

    /** As PostgreSQL writes it. */
    public String text() {
        return switch (kind) {
            case SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    BOOLEAN,
                    TEXT,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    INTERVAL,
                    BYTEA,
                    UUID,
                    JSON,
                    JSONB -> kind.name().toLowerCase(java.util.Locale.ROOT);
            case TIMESTAMPTZ -> "timestamp with time zone";
            case DOUBLE, RATIO -> "double precision";
            case NUMERIC -> precision == 0 ? "numeric" : "numeric(" + precision + "," + scale + ")";
            case CHAR -> "char(" + Math.max(1, precision) + ")";
            case VARCHAR -> precision == 0 ? "varchar" : "varchar(" + precision + ")";
            case INTEGER_ARRAY -> "integer[]";
            case TEXT_ARRAY -> "text[]";
        };
    }
}
