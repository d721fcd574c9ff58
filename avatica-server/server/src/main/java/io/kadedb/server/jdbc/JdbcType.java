package io.kadedb.server.jdbc;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.UUID;

/** How JDBC sees the types: numbers of {@link Types}, names as PostgreSQL's driver gives them, sizes. */
public final class JdbcType {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private JdbcType() {}

    public static int number(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> Types.BOOLEAN;
            case SMALLINT -> Types.SMALLINT;
            case INTEGER -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case REAL -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.NUMERIC;
            case TEXT, VARCHAR, ENUM -> Types.VARCHAR;
            case CHAR -> Types.CHAR;
            case BYTEA -> Types.BINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case TIMESTAMPTZ -> Types.TIMESTAMP_WITH_TIMEZONE;
            case INTERVAL, UUID, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY -> Types.OTHER;
            case ARRAY -> Types.ARRAY;
            case NULL -> Types.NULL;
        };
    }

    /** PostgreSQL's internal names, which its driver and so most tools show. */
    public static String name(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> "bool";
            case SMALLINT -> "int2";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case REAL -> "float4";
            case DOUBLE -> "float8";
            case DECIMAL -> "numeric";
            case TEXT -> "text";
            case VARCHAR -> "varchar";
            case CHAR -> "bpchar";
            case BYTEA -> "bytea";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ -> "timestamptz";
            case INTERVAL -> "interval";
            case UUID -> "uuid";
            case ARRAY -> "_" + name(type.element());
            case ENUM -> type.labels().name();
            case JSON -> "json";
            case JSONB -> "jsonb";
            case JSONPATH -> "jsonpath";
            case TSVECTOR -> "tsvector";
            case TSQUERY -> "tsquery";
            case NULL -> "unknown";
        };
    }

    /** What {@code getObject} gives. */
    public static Class<?> javaClass(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> Boolean.class;
            case SMALLINT, INTEGER -> Integer.class;
            case BIGINT -> Long.class;
            case REAL -> Float.class;
            case DOUBLE -> Double.class;
            case DECIMAL -> BigDecimal.class;
            case TEXT, VARCHAR, CHAR, ENUM, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL -> String.class;
            case BYTEA -> byte[].class;
            case DATE -> Date.class;
            case TIME -> Time.class;
            case TIMESTAMP, TIMESTAMPTZ -> Timestamp.class;
            case INTERVAL -> Interval.class;
            case UUID -> UUID.class;
            case ARRAY -> java.sql.Array.class;
        };
    }

    public static int precision(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> 1;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            case REAL -> 8;
            case DOUBLE -> 17;
            case DECIMAL -> type.precision();
            case VARCHAR, CHAR -> type.precision() == SqlType.UNSPECIFIED ? UNLIMITED : type.precision();
            case TEXT, BYTEA, ARRAY, ENUM, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY -> UNLIMITED;
            case DATE -> 13;
            case TIME -> 15;
            case TIMESTAMP -> 29;
            case TIMESTAMPTZ -> 35;
            case INTERVAL -> 49;
            case UUID -> 36;
            case NULL -> 0;
        };
    }

    public static int displaySize(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> 5;
            case SMALLINT -> 6;
            case INTEGER -> 11;
            case BIGINT -> 20;
            case REAL -> 15;
            case DOUBLE -> 25;
            case DECIMAL -> type.precision() + 2;
            default -> precision(type);
        };
    }

    public static int scale(SqlType type) {
        return switch (type.id()) {
            case DECIMAL -> type.scale();
            case REAL -> 8;
            case DOUBLE -> 17;
            case TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> 6;
            default -> 0;
        };
    }

    public static boolean signed(SqlType type) {
        return type.isNumeric();
    }

    /** Whether quotes surround its literals. */
    public static boolean isCaseSensitive(SqlType type) {
        return type.isText() || type.isJson() || type.id() == TypeId.BYTEA;
    }
}
