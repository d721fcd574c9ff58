package io.kadedb.jdbc;

import org.apache.calcite.avatica.ColumnMetaData;

/** The types of values the server sends, told by the type names of their columns. */
enum Kind {
    BOOLEAN,
    /** Of any width. */
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
    /** Sent as text. */
    ARRAY,
    /** Sent as text, such as intervals. */
    OTHER;

    static Kind of(ColumnMetaData column) {
        switch (column.type.name) {
            case "bool":
                return BOOLEAN;
            case "int2":
            case "int4":
            case "INTEGER":
                return INTEGER;
            case "int8":
                return BIGINT;
            case "float4":
                return REAL;
            case "float8":
                return DOUBLE;
            case "numeric":
                return DECIMAL;
            case "bytea":
                return BYTEA;
            case "date":
                return DATE;
            case "time":
                return TIME;
            case "timestamp":
                return TIMESTAMP;
            case "timestamptz":
                return TIMESTAMPTZ;
            case "uuid":
                return UUID;
            case "text":
            case "varchar":
            case "bpchar":
            case "unknown":
            case "VARCHAR":
                return TEXT;
            default:
                return column.type.name.startsWith("_") ? ARRAY : OTHER;
        }
    }

    boolean isText() {
        return this == TEXT || this == ARRAY || this == OTHER;
    }
}
