package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.grammar.KadeSqlParser;
import io.kadedb.parser.grammar.KadeSqlParser.IdentifierContext;
import io.kadedb.parser.grammar.KadeSqlParser.SimpleTypeContext;
import io.kadedb.parser.grammar.KadeSqlParser.TypeNameContext;
import io.kadedb.parser.grammar.KadeSqlParser.TypedLiteralNameContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlDataTypeSpec;

/** Type names to types. */
final class TypeBuilder {
    private final AstBuilder ast;
    private int relationNames;

    TypeBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    /** Reads what functions are given as the name of a relation: a cast to regclass changes nothing there. */
    <T> T relationNames(Supplier<T> arguments) {
        relationNames++;
        try {
            return arguments.get();
        } finally {
            relationNames--;
        }
    }

    SqlDataTypeSpec spec(TypeNameContext name) {
        return KadeTypeNameSpec.spec(type(name), Places.pos(name));
    }

    SqlType type(TypeNameContext name) {
        SqlType element = type(name.simpleType());
        // Neither lengths nor the number of dimensions are part of a type.
        boolean array = name.ARRAY() != null || !name.LBRACKET().isEmpty();
        return array ? SqlType.array(element) : element;
    }

    private SqlType type(SimpleTypeContext type) {
        List<Integer> sizes = sizes(type.INTEGER());
        if (type.DOUBLE() != null) {
            return SqlType.DOUBLE;
        }
        if (type.CHARACTER() != null) {
            return characters(type, sizes);
        }
        int first = type.getStart().getType();
        if (type.identifier().isEmpty() && (first == KadeSqlParser.TIME || first == KadeSqlParser.TIMESTAMP)) {
            return temporal(type, type.WITH() != null, sizes);
        }
        if (type.INTERVAL() != null) {
            return SqlType.INTERVAL;
        }
        List<IdentifierContext> parts = type.identifier();
        String name = ast.names.text(parts.getLast());
        if (parts.size() > 1 && !ast.names.text(parts.getFirst()).equals("pg_catalog")) {
            String schema = ast.names.text(parts.get(parts.size() - 2));
            if (parts.size() > 2 || !sizes.isEmpty()) {
                throw unknown(type.getText(), type);
            }
            return SqlType.named(schema, name);
        }
        return relationNames > 0 && name.equals("regclass") ? SqlType.TEXT : named(name, sizes, type);
    }

    /** The type of a literal such as {@code date '2020-01-01'}. */
    SqlType type(TypedLiteralNameContext name) {
        if (name.DOUBLE() != null) {
            return SqlType.DOUBLE;
        }
        if (name.QUOTED_IDENT() != null) {
            return named(ast.names.quoted(name.QUOTED_IDENT().getSymbol()), List.of(), name);
        }
        List<Integer> sizes = sizes(name.INTEGER() == null ? List.of() : List.of(name.INTEGER()));
        return name.IDENT() == null
                ? temporal(name, name.WITH() != null, sizes)
                : named(name.IDENT().getText().toLowerCase(Locale.ROOT), sizes, name);
    }

    private SqlType characters(SimpleTypeContext type, List<Integer> sizes) {
        if (type.IDENT() == null) {
            return sized(TypeId.CHAR, sizes.isEmpty() ? 1 : sizes.getFirst(), type);
        }
        if (!type.IDENT().getText().equalsIgnoreCase("varying")) {
            throw unknown(type.getText(), type);
        }
        return sized(TypeId.VARCHAR, sizes.isEmpty() ? SqlType.UNSPECIFIED : sizes.getFirst(), type);
    }

    private static SqlType temporal(ParserRuleContext type, boolean withZone, List<Integer> sizes) {
        boolean timestamp = type.getStart().getText().equalsIgnoreCase("timestamp");
        if (withZone && !timestamp) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "type time with time zone is not supported")
                    .at(Places.of(type.getStart()))
                    .hint("use timestamp with time zone");
        }
        TypeId id = withZone ? TypeId.TIMESTAMPTZ : timestamp ? TypeId.TIMESTAMP : TypeId.TIME;
        return fractional(id, sizes, type);
    }

    private static SqlType fractional(TypeId id, List<Integer> sizes, ParserRuleContext type) {
        int precision = sizes.isEmpty() ? 6 : sizes.getFirst();
        if (precision > 6) {
            throw invalid("a " + id.sqlName() + " has at most 6 fractional digits", type);
        }
        return new SqlType(id, precision, 0);
    }

    private static SqlType named(String name, List<Integer> sizes, ParserRuleContext type) {
        return switch (name) {
            case "bool", "boolean" -> SqlType.BOOLEAN;
            case "int2", "smallint" -> SqlType.SMALLINT;
            case "int", "int4", "integer" -> SqlType.INTEGER;
            case "int8", "bigint" -> SqlType.BIGINT;
            case "float4", "real" -> SqlType.REAL;
            case "float8", "double" -> SqlType.DOUBLE;
            case "float" -> sizes.isEmpty() || sizes.getFirst() > 24 ? SqlType.DOUBLE : SqlType.REAL;
            case "decimal", "numeric", "dec" -> decimal(sizes, type);
            case "text", "string" -> SqlType.TEXT;
            case "varchar" -> sized(TypeId.VARCHAR, sizes.isEmpty() ? SqlType.UNSPECIFIED : sizes.getFirst(), type);
            case "char" -> sized(TypeId.CHAR, sizes.isEmpty() ? 1 : sizes.getFirst(), type);
            case "bpchar" -> sized(TypeId.CHAR, sizes.isEmpty() ? SqlType.UNSPECIFIED : sizes.getFirst(), type);
            case "bytea", "blob", "varbinary", "binary" -> SqlType.BYTEA;
            case "date" -> SqlType.DATE;
            case "timestamptz" -> fractional(TypeId.TIMESTAMPTZ, sizes, type);
            case "datetime" -> SqlType.TIMESTAMP;
            case "uuid" -> SqlType.UUID;
            case "json" -> SqlType.JSON;
            case "jsonb" -> SqlType.JSONB;
            case "jsonpath" -> SqlType.JSONPATH;
            case "tsvector" -> SqlType.TSVECTOR;
            case "tsquery" -> SqlType.TSQUERY;
            // Configurations of text search are known by their names.
            case "regconfig" -> SqlType.TEXT;
            default -> {
                if (TypeNames.isUnbuilt(name)) {
                    throw unbuilt(name, type);
                }
                if (!sizes.isEmpty()) {
                    throw unknown(name, type);
                }
                yield SqlType.named("", name);
            }
        };
    }

    private static SqlType decimal(List<Integer> sizes, ParserRuleContext type) {
        if (sizes.isEmpty()) {
            return TypeNames.DEFAULT_DECIMAL;
        }
        int precision = sizes.getFirst();
        int scale = sizes.size() > 1 ? sizes.get(1) : 0;
        if (precision < 1 || precision > SqlType.MAX_DECIMAL_PRECISION) {
            throw invalid("a numeric has 1 to " + SqlType.MAX_DECIMAL_PRECISION + " digits, not " + precision, type);
        }
        if (scale > precision) {
            throw invalid("a numeric(" + precision + ") has at most " + precision + " digits after the point", type);
        }
        return SqlType.decimal(precision, scale);
    }

    private static SqlType sized(TypeId id, int length, ParserRuleContext type) {
        if (length == 0) {
            throw invalid("length of type " + id.sqlName() + " must be at least 1", type);
        }
        return new SqlType(id, length, 0);
    }

    private static List<Integer> sizes(List<TerminalNode> tokens) {
        List<Integer> sizes = new ArrayList<>(tokens.size());
        for (TerminalNode token : tokens) {
            sizes.add(Integers.parse(token.getSymbol()));
        }
        return sizes;
    }

    private static KadeException invalid(String message, ParserRuleContext type) {
        return KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, message).at(Places.of(type.getStart()));
    }

    private static KadeException unbuilt(String name, ParserRuleContext type) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "type " + name + " is not supported yet")
                .at(Places.of(type.getStart()));
    }

    /** 42704 for a name that no type has. */
    static KadeException unknown(String name) {
        String hint = Similar.best(name, TypeNames.ALL)
                .map(best -> "did you mean " + best + "?")
                .orElse("");
        KadeException error = KadeException.of(ErrorCode.UNDEFINED_OBJECT, "type \"" + name + "\" does not exist");
        return hint.isEmpty() ? error : error.hint(hint);
    }

    private static KadeException unknown(String name, ParserRuleContext type) {
        return unknown(name).at(Places.of(type.getStart()));
    }
}
