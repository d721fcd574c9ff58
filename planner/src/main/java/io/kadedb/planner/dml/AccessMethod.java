package io.kadedb.planner.dml;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.inverted.TermClass;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.validate.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What CREATE INDEX .. USING names: what an index keeps of values, and by which operators. */
enum AccessMethod {
    /** The values, in order. */
    BTREE,
    /** Taken for ordered indexes, which answer all that hash indexes do. */
    HASH,
    /** The terms that values consist of. */
    GIN;

    /** Operator classes for values in order, which are known by these names in PostgreSQL. */
    private static final Set<String> PATTERNS = Set.of("text_pattern_ops", "varchar_pattern_ops", "bpchar_pattern_ops");

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The method that a statement names.
     *
     * @throws KadeException 42704 for one that does not exist, 0A000 for what it cannot do
     */
    static AccessMethod of(Statement.CreateIndex create) {
        Optional<Name> named = create.method();
        if (named.isEmpty()) {
            return BTREE;
        }
        AccessMethod method = Arrays.stream(values())
                .filter(each -> each.sqlName().equals(named.get().text()))
                .findFirst()
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.UNDEFINED_OBJECT,
                                "access method \"" + named.get().text() + "\" does not exist")
                        .at(named.get().position())
                        .hint("there are "
                                + Arrays.stream(values())
                                        .map(AccessMethod::sqlName)
                                        .collect(Collectors.joining(", "))));
        method.check(create.unique(), "unique indexes", named.get().position());
        method.check(
                !create.included().isEmpty(), "included columns", named.get().position());
        if (method == HASH) {
            method.check(
                    create.parts().size() > 1,
                    "multicolumn indexes",
                    named.get().position());
        }
        for (Statement.IndexPart part : create.parts()) {
            method.check(part.descending(), "ASC/DESC options", named.get().position());
            method.check(
                    part.nullsFirst(), "NULLS FIRST/LAST options", named.get().position());
        }
        return method;
    }

    private void check(boolean asked, String what, SourcePosition place) {
        if (asked && this != BTREE) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "access method \"" + sqlName() + "\" does not support " + what)
                    .at(place);
        }
    }

    /**
     * A part of the key with its operator class.
     *
     * @param named if the statement names one
     * @throws KadeException 42704 for one that does not exist, 42804 for one of other values, 0A000 for values without order
     */
    IndexDefinition.Part part(IndexDefinition.Part part, SqlType type, Optional<Name> named, SourcePosition place) {
        if (this == GIN) {
            return part.withTerms(named.map(name -> terms(name, type)).orElseGet(() -> terms(type, place)));
        }
        IndexPlanner.checkOrdered(type, place);
        named.ifPresent(name -> checkOrdered(name, type));
        return part;
    }

    private TermClass terms(Name name, SqlType type) {
        TermClass found = TermClass.named(name.text()).orElseThrow(() -> missing(name));
        if (!found.isFor(type)) {
            throw notFor(name, type);
        }
        return found;
    }

    private static TermClass terms(SqlType type, SourcePosition place) {
        List<TermClass> known = TermClass.of(type);
        return known.stream()
                .filter(TermClass::isDefault)
                .findFirst()
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.UNDEFINED_OBJECT,
                                "data type " + type + " has no default operator class for access method \"gin\"")
                        .at(place)
                        .hint("inverted indexes are over "
                                + Arrays.stream(TermClass.values())
                                        .map(each -> each.typeName() + " (" + each.sqlName() + ")")
                                        .collect(Collectors.joining(", "))));
    }

    private static KadeException notFor(Name name, SqlType type) {
        return KadeException.of(
                        ErrorCode.DATATYPE_MISMATCH,
                        "operator class \"" + name.text() + "\" does not accept data type " + type)
                .at(name.position());
    }

    private KadeException missing(Name name) {
        return KadeException.of(
                        ErrorCode.UNDEFINED_OBJECT,
                        "operator class \"" + name.text() + "\" does not exist for access method \"" + sqlName() + "\"")
                .at(name.position())
                .hint(
                        this == GIN
                                ? Suggestions.hint(
                                                name.text(),
                                                Arrays.stream(TermClass.values())
                                                        .map(TermClass::sqlName)
                                                        .toList())
                                        .orElse(null)
                                : null);
    }

    /** Accepts the class that a type's values have anyway. */
    private void checkOrdered(Name name, SqlType type) {
        if (name.text().equals(orderOf(type)) || (type.isText() && PATTERNS.contains(name.text()))) {
            return;
        }
        boolean exists =
                PATTERNS.contains(name.text()) || name.text().equals("jsonb_ops") || OF_TYPES.contains(name.text());
        throw exists ? notFor(name, type) : missing(name);
    }

    private static final Set<String> OF_TYPES = Set.of(
            "bool_ops",
            "int2_ops",
            "int4_ops",
            "int8_ops",
            "float4_ops",
            "float8_ops",
            "numeric_ops",
            "text_ops",
            "varchar_ops",
            "bpchar_ops",
            "bytea_ops",
            "date_ops",
            "time_ops",
            "timestamp_ops",
            "timestamptz_ops",
            "interval_ops",
            "uuid_ops",
            "array_ops",
            "enum_ops");

    private static String orderOf(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> "bool_ops";
            case SMALLINT -> "int2_ops";
            case INTEGER -> "int4_ops";
            case BIGINT -> "int8_ops";
            case REAL -> "float4_ops";
            case DOUBLE -> "float8_ops";
            case DECIMAL -> "numeric_ops";
            case TEXT -> "text_ops";
            case VARCHAR -> "varchar_ops";
            case CHAR -> "bpchar_ops";
            case BYTEA -> "bytea_ops";
            case DATE -> "date_ops";
            case TIME -> "time_ops";
            case TIMESTAMP -> "timestamp_ops";
            case TIMESTAMPTZ -> "timestamptz_ops";
            case INTERVAL -> "interval_ops";
            case UUID -> "uuid_ops";
            case ARRAY -> "array_ops";
            case ENUM -> "enum_ops";
            case TSVECTOR -> "tsvector_ops";
            case TSQUERY -> "tsquery_ops";
            case JSON, JSONB, JSONPATH, NULL -> "";
        };
    }
}
