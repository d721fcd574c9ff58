package io.kadedb.jdbc.common;

/** The types of values, as far as reading them goes. */
public enum Kind {
    BOOLEAN,
    /** Of two or four bytes. */
    INTEGER,
    BIGINT,
    REAL,
    DOUBLE,
    DECIMAL,
    TEXT,
    BYTEA,
    /** Days since 1970. */
    DATE,
    /** Microseconds since midnight. */
    TIME,
    /** Microseconds since 1970. */
    TIMESTAMP,
    /** Microseconds since 1970 in UTC. */
    TIMESTAMPTZ,
    UUID,
    ARRAY,
    /** Known by its text alone, such as intervals. */
    OTHER
}
