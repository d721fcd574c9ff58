package io.kadedb.planner.validate;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlCase;

/** The names of columns without an alias, as PostgreSQL gives them (FigureColname). */
public final class ColumnNames {
    private static final Figured UNNAMED = new Figured("?column?", Strength.NONE);

    private ColumnNames() {}

    /** How much a name says: that of a type or of CASE gives way to that of a column or function. */
    private enum Strength {
        NONE,
        WEAK,
        STRONG
    }

    private record Figured(String name, Strength strength) {
        static Figured strong(String name) {
            return new Figured(name, Strength.STRONG);
        }
    }

    /** The name of a select item. */
    public static String of(SqlNode node) {
        return figured(node).name;
    }

    /** The names of the columns of VALUES. */
    static List<String> ofValues(int width) {
        return IntStream.range(0, width).mapToObj(ColumnNames::ofValue).toList();
    }

    /** The name of the column of VALUES at this place, from 0. */
    static String ofValue(int place) {
        return "column" + (place + 1);
    }

    private static Figured figured(SqlNode node) {
        return switch (node) {
            case SqlIdentifier identifier when !identifier.isStar() -> Figured.strong(identifier.names.getLast());
            case SqlSelect select -> subquery(select.getSelectList().get(0));
            case SqlOrderBy order -> figured(order.query);
            case SqlWith with -> figured(with.body);
            case SqlAbstractDateTimeLiteral literal -> new Figured(typeName(type(literal)), Strength.WEAK);
            case SqlCall call -> call(call);
            default -> UNNAMED;
        };
    }

    private static Figured subquery(SqlNode item) {
        Figured figured = figured(item);
        return figured.equals(UNNAMED) ? UNNAMED : Figured.strong(figured.name);
    }

    private static SqlType type(SqlAbstractDateTimeLiteral literal) {
        return switch (literal.getTypeName()) {
            case DATE -> SqlType.DATE;
            case TIME -> SqlType.TIME;
            case TIMESTAMP -> SqlType.TIMESTAMP;
            default -> SqlType.TIMESTAMPTZ;
        };
    }

    private static Figured call(SqlCall call) {
        return switch (call.getKind()) {
            case AS -> figured(call.operand(1));
            case CAST -> cast(call);
            case CASE -> caseOf((SqlCase) call);
            case EXISTS -> Figured.strong("exists");
            case ROW -> Figured.strong("row");
            case ARRAY_VALUE_CONSTRUCTOR, ARRAY_QUERY_CONSTRUCTOR -> Figured.strong("array");
            case VALUES -> Figured.strong("column1");
            case UNION, INTERSECT, EXCEPT, ITEM, FILTER, OVER, WITHIN_GROUP, IGNORE_NULLS, RESPECT_NULLS ->
                figured(call.operand(0));
            case DOT -> figured(call.operand(1));
            case TRIM -> Figured.strong("btrim");
            default ->
                KadeOperators.intervalValue(call).isPresent()
                        ? new Figured("interval", Strength.WEAK)
                        : call.getOperator() instanceof SqlFunction && call.getKind() != SqlKind.OTHER
                                ? function(call)
                                : UNNAMED;
        };
    }

    private static Figured caseOf(SqlCase call) {
        SqlNode otherwise = call.getElseOperand();
        Figured figured = otherwise == null ? UNNAMED : figured(otherwise);
        return figured.strength == Strength.STRONG ? figured : new Figured("case", Strength.WEAK);
    }

    private static Figured function(SqlCall call) {
        String name = call.getOperator().getName();
        return switch (name) {
            case KadeOperators.ARRAY, KadeOperators.ARRAY_QUERY -> Figured.strong("array");
            case KadeOperators.SUBSCRIPT, KadeOperators.SLICE -> figured(call.operand(0));
            default -> name.startsWith("$") ? constructor(name) : Figured.strong(name.toLowerCase(Locale.ROOT));
        };
    }

    /** What is made of JSON goes by the word that makes it. */
    private static Figured constructor(String name) {
        for (String made : List.of(
                KadeOperators.JSON_ARRAYAGG,
                KadeOperators.JSON_OBJECTAGG,
                KadeOperators.JSON_ARRAY,
                KadeOperators.JSON_OBJECT)) {
            if (name.startsWith(made)) {
                return Figured.strong(made.substring(1));
            }
        }
        return UNNAMED;
    }

    private static Figured cast(SqlCall cast) {
        Figured inner = figured(cast.operand(0));
        if (inner.strength == Strength.STRONG
                || !(cast.operand(1) instanceof SqlDataTypeSpec spec)
                || !(spec.getTypeNameSpec() instanceof KadeTypeNameSpec type)) {
            return inner;
        }
        return new Figured(typeName(type.type()), Strength.WEAK);
    }

    private static String typeName(SqlType type) {
        return switch (type.id()) {
            case SMALLINT -> "int2";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case REAL -> "float4";
            case DOUBLE -> "float8";
            case BOOLEAN -> "bool";
            case DECIMAL -> "numeric";
            case VARCHAR -> "varchar";
            case CHAR -> "bpchar";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ -> "timestamptz";
            case ARRAY -> typeName(type.element());
            case ENUM -> type.labels().name();
            case TEXT, BYTEA, DATE, INTERVAL, UUID, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL ->
                type.id().sqlName();
        };
    }
}
