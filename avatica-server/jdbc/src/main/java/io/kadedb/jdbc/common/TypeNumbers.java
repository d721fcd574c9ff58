package io.kadedb.jdbc.common;

import java.sql.Types;

/** The numbers of {@link Types}, by the names types have for applications. */
final class TypeNumbers {
    private TypeNumbers() {}

    /** The number of a type by its internal name or by SQL's; of others VARCHAR's. */
    static int of(String name) {
        switch (name) {
            case "bool":
            case "boolean":
                return Types.BOOLEAN;
            case "int2":
            case "smallint":
                return Types.SMALLINT;
            case "int4":
            case "int":
            case "integer":
                return Types.INTEGER;
            case "int8":
            case "bigint":
                return Types.BIGINT;
            case "float4":
            case "real":
                return Types.REAL;
            case "float8":
            case "double precision":
                return Types.DOUBLE;
            case "numeric":
            case "decimal":
                return Types.NUMERIC;
            case "bytea":
                return Types.BINARY;
            case "date":
                return Types.DATE;
            case "time":
                return Types.TIME;
            case "timestamp":
                return Types.TIMESTAMP;
            case "timestamptz":
                return Types.TIMESTAMP_WITH_TIMEZONE;
            case "bpchar":
                return Types.CHAR;
            case "uuid":
            case "interval":
            case "json":
            case "jsonb":
            case "jsonpath":
                return Types.OTHER;
            default:
                return Types.VARCHAR;
        }
    }
}
