package io.kadedb.planner.system;

import io.kadedb.common.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * What information_schema tells of a type, as PostgreSQL does.
 *
 * @param name of the standard
 * @param udt PostgreSQL's own name
 * @param length in characters
 * @param octets the most bytes of text
 * @param digits of the fraction of seconds
 */
record TypeFacts(
        String name,
        String udt,
        @Nullable Long length,
        @Nullable Long octets,
        @Nullable Long precision,
        @Nullable Long radix,
        @Nullable Long scale,
        @Nullable Long digits) {
    private static final long MAX_OCTETS = 1L << 30;

    static TypeFacts of(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> plain("boolean", "bool");
            case SMALLINT -> number("smallint", "int2", 16, 2, 0L);
            case INTEGER -> number("integer", "int4", 32, 2, 0L);
            case BIGINT -> number("bigint", "int8", 64, 2, 0L);
            case REAL -> number("real", "float4", 24, 2, null);
            case DOUBLE -> number("double precision", "float8", 53, 2, null);
            case DECIMAL -> number("numeric", "numeric", type.precision(), 10, (long) type.scale());
            case TEXT -> new TypeFacts("text", "text", null, MAX_OCTETS, null, null, null, null);
            case VARCHAR -> text("character varying", "varchar", type.precision());
            case CHAR -> text("character", "bpchar", type.precision());
            case BYTEA -> plain("bytea", "bytea");
            case DATE -> time("date", "date", 0);
            case TIME -> time("time without time zone", "time", digits(type));
            case TIMESTAMP -> time("timestamp without time zone", "timestamp", digits(type));
            case TIMESTAMPTZ -> time("timestamp with time zone", "timestamptz", digits(type));
            case INTERVAL -> time("interval", "interval", digits(type));
            case UUID -> plain("uuid", "uuid");
            case NULL -> plain("unknown", "unknown");
            case ARRAY -> plain("ARRAY", "_" + of(type.element()).udt());
            case ENUM -> plain("USER-DEFINED", type.labels().name());
            case JSON -> plain("json", "json");
            case JSONB -> plain("jsonb", "jsonb");
            case JSONPATH -> plain("jsonpath", "jsonpath");
            case TSVECTOR -> plain("tsvector", "tsvector");
            case TSQUERY -> plain("tsquery", "tsquery");
        };
    }

    private static long digits(SqlType type) {
        return type.precision() == SqlType.UNSPECIFIED ? 6 : type.precision();
    }

    private static TypeFacts plain(String name, String udt) {
        return new TypeFacts(name, udt, null, null, null, null, null, null);
    }

    private static TypeFacts number(String name, String udt, long precision, long radix, @Nullable Long scale) {
        return new TypeFacts(name, udt, null, null, precision, radix, scale, null);
    }

    private static TypeFacts time(String name, String udt, long digits) {
        return new TypeFacts(name, udt, null, null, null, null, null, digits);
    }

    private static TypeFacts text(String name, String udt, int length) {
        boolean limited = length != SqlType.UNSPECIFIED;
        return new TypeFacts(
                name, udt, limited ? (long) length : null, limited ? 4L * length : MAX_OCTETS, null, null, null, null);
    }
}
