package io.kadedb.common.type;

/**
 * Types by their stable number: the number is written to disk and to plans, so it never changes meaning.
 *
 * <p>The comment on each names its in-memory layout (see {@link io.kadedb.common.data.ColumnVector}).
 */
public enum TypeId {
    /** Bit-packed, least significant bit first. */
    BOOLEAN(1, "boolean"),
    /** int16. */
    SMALLINT(2, "smallint"),
    /** int32. */
    INTEGER(3, "integer"),
    /** int64. */
    BIGINT(4, "bigint"),
    /** IEEE 754 binary32. */
    REAL(5, "real"),
    /** IEEE 754 binary64. */
    DOUBLE(6, "double precision"),
    /** Scaled int64 up to precision 18, scaled little-endian int128 from 19 to 38. */
    DECIMAL(7, "numeric"),
    /** UTF-8 with int32 offsets; no length limit. */
    TEXT(8, "text"),
    /** UTF-8 with int32 offsets; precision is the limit in code points. */
    VARCHAR(9, "character varying"),
    /** UTF-8 with int32 offsets; stored without its padding, shown and compared as PostgreSQL does. */
    CHAR(10, "character"),
    /** Bytes with int32 offsets. */
    BYTEA(11, "bytea"),
    /** int32 days since 1970-01-01, proleptic Gregorian. */
    DATE(12, "date"),
    /** int64 microseconds since midnight. */
    TIME(13, "time without time zone"),
    /** int64 microseconds since 1970-01-01 00:00 on a wall clock without a zone. */
    TIMESTAMP(14, "timestamp without time zone"),
    /** int64 microseconds since 1970-01-01 00:00 UTC; shown and parsed in the session's time zone. */
    TIMESTAMPTZ(15, "timestamp with time zone"),
    /** 16 bytes: int32 months, int32 days, int64 microseconds. */
    INTERVAL(16, "interval"),
    /** 16 bytes, big-endian. */
    UUID(17, "uuid"),
    /** The type of a bare NULL; columns never have it. */
    NULL(18, "unknown"),
    /** Bytes with int32 offsets, see {@link ArrayBytes}; the type has an {@link TypeDetail.Element}. */
    ARRAY(19, "array"),
    /** int64: the position of the label's place in the declared order; the type has {@link TypeDetail.Labels}. */
    ENUM(20, "enum"),
    /** UTF-8 with int32 offsets, as it was written. */
    JSON(21, "json"),
    /** A document as {@link io.kadedb.common.json.Jsonb} says, with int32 offsets. */
    JSONB(22, "jsonb"),
    /** UTF-8 with int32 offsets: a path of SQL/JSON in the form in which it is shown. */
    JSONPATH(23, "jsonpath"),
    /** UTF-8 with int32 offsets: the text of a {24link io.kadedb.common.search.TsVector}. */
    TSVECTOR(24, "tsvector"),
    /** UTF-8 with int32 offsets: the text of a {24link io.kadedb.common.search.TsQuery}. */
    TSQUERY(25, "tsquery");

    private final int number;
    private final String sqlName;

    TypeId(int number, String sqlName) {
        this.number = number;
        this.sqlName = sqlName;
    }

    /** The number on disk and on the wire. */
    public int number() {
        return number;
    }

    /** The name PostgreSQL's {@code format_type} gives. */
    public String sqlName() {
        return sqlName;
    }

    public static TypeId of(int number) {
        for (TypeId id : values()) {
            if (id.number == number) {
                return id;
            }
        }
        throw new IllegalArgumentException("unknown type number " + number);
    }
}
