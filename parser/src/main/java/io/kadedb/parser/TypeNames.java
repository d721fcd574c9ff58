package io.kadedb.parser;

import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.Set;

/** Names of types. */
final class TypeNames {
    /** What NUMERIC without a precision means: PostgreSQL's has no bounds, ours has 38 digits. */
    static final SqlType DEFAULT_DECIMAL = SqlType.NUMERIC;

    /** For did-you-mean. */
    static final List<String> ALL = List.of(
            "boolean",
            "smallint",
            "integer",
            "int",
            "bigint",
            "real",
            "double precision",
            "double",
            "float",
            "numeric",
            "decimal",
            "text",
            "varchar",
            "char",
            "character",
            "bytea",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid",
            "json",
            "jsonb",
            "jsonpath");

    private static final Set<String> UNBUILT = Set.of(
            "xml",
            "money",
            "bit",
            "varbit",
            "serial",
            "bigserial",
            "smallserial",
            "serial4",
            "serial8",
            "timetz",
            "inet",
            "cidr",
            "macaddr",
            "point",
            "polygon",
            "oid",
            "regclass",
            "regproc",
            "regtype",
            "regnamespace",
            "regrole",
            "regoper",
            "regprocedure",
            "name",
            "xid",
            "cid",
            "tid",
            "int2vector",
            "oidvector",
            "pg_lsn",
            "anyarray",
            "record",
            "unknown",
            "hstore",
            "_text");

    private TypeNames() {}

    static boolean isUnbuilt(String name) {
        return UNBUILT.contains(name);
    }
}
