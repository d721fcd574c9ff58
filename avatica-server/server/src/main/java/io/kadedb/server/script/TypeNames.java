package io.kadedb.server.script;

import static io.kadedb.parser.Identifiers.quoted;

import io.kadedb.common.type.SqlType;

/** Types as definitions write them. */
final class TypeNames {
    private static final int MAX_FRACTION = 6;

    private TypeNames() {}

    static String of(SqlType type) {
        int fraction = type.precision();
        boolean shorter = fraction >= 0 && fraction < MAX_FRACTION;
        return switch (type.id()) {
            case TIME -> shorter ? "time(" + fraction + ")" : "time";
            case TIMESTAMP -> shorter ? "timestamp(" + fraction + ")" : "timestamp";
            case TIMESTAMPTZ -> shorter ? "timestamptz(" + fraction + ")" : "timestamptz";
            // CHAR without a length would be of length 1.
            case CHAR -> fraction == SqlType.UNSPECIFIED ? "bpchar" : "char(" + fraction + ")";
            case VARCHAR -> fraction == SqlType.UNSPECIFIED ? "varchar" : "varchar(" + fraction + ")";
            case ARRAY -> of(type.element()) + "[]";
            case ENUM ->
                quoted(type.labels().schema()) + "." + quoted(type.labels().name());
            default -> type.toString();
        };
    }
}
