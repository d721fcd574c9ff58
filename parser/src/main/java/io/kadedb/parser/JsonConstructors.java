package io.kadedb.parser;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The functions that make JSON: JSON_OBJECT, JSON_ARRAY, their aggregates, JSON, JSON_SCALAR and JSON_SERIALIZE. */
final class JsonConstructors {
    private final AstBuilder ast;

    JsonConstructors(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode constructor(JsonConstructorContext constructor) {
        SqlParserPos pos = Places.pos(constructor);
        return switch (constructor) {
            case JsonObjectContext object -> {
                boolean unique = object.UNIQUE() != null && object.WITH() != null;
                boolean absent =
                        object.jsonNulls() != null && object.jsonNulls().ABSENT() != null;
                List<SqlNode> operands = new ArrayList<>();
                operands.add(SqlLiteral.createBoolean(absent, pos));
                operands.add(SqlLiteral.createBoolean(unique, pos));
                for (JsonMemberContext member : object.jsonMember()) {
                    operands.add(ast.expressions.expression(member.expression()));
                    operands.add(element(member.jsonElement()));
                }
                yield returning(KadeOperators.JSON_OBJECT, operands, object.jsonReturning(), pos);
            }
            case JsonArrayContext array -> {
                boolean absent = array.jsonNulls() == null || array.jsonNulls().ABSENT() != null;
                List<SqlNode> operands = new ArrayList<>();
                operands.add(SqlLiteral.createBoolean(absent, pos));
                array.jsonElement().forEach(element -> operands.add(element(element)));
                yield returning(KadeOperators.JSON_ARRAY, operands, array.jsonReturning(), pos);
            }
            case JsonArrayQueryContext array -> {
                SqlJsonBuilder.requireJson(array.jsonFormat());
                SqlType type = type(array.jsonReturning(), SqlType.JSON);
                yield converted(ast.arrays.gathered(ast.queries.query(array.query()), arrayAgg(type, true), pos), type);
            }
            case JsonArrayAggContext aggregate -> {
                boolean absent =
                        aggregate.jsonNulls() == null || aggregate.jsonNulls().ABSENT() != null;
                SqlType type = type(aggregate.jsonReturning(), SqlType.JSON);
                SqlNode made = ast.functions.named(arrayAgg(type, absent), pos, element(aggregate.jsonElement()));
                if (aggregate.ORDER() != null) {
                    made = SqlStdOperatorTable.WITHIN_GROUP.createCall(
                            pos, made, ast.queries.orderList(aggregate.orderItem()));
                }
                yield converted(modified(made, aggregate.filter(), aggregate.over()), type);
            }
            case JsonObjectAggContext aggregate -> {
                boolean unique = aggregate.UNIQUE() != null && aggregate.WITH() != null;
                boolean absent =
                        aggregate.jsonNulls() != null && aggregate.jsonNulls().ABSENT() != null;
                SqlType type = type(aggregate.jsonReturning(), SqlType.JSON);
                SqlNode made = ast.functions.named(
                        KadeOperators.JSON_OBJECTAGG
                                + (type.equals(SqlType.JSONB) ? "b" : "")
                                + (unique ? "_unique" : "")
                                + (absent ? "_strict" : ""),
                        pos,
                        ast.expressions.expression(aggregate.jsonMember().expression()),
                        element(aggregate.jsonMember().jsonElement()));
                yield converted(modified(made, aggregate.filter(), aggregate.over()), type);
            }
            case JsonScalarContext scalar ->
                ast.functions.named("to_json", pos, ast.expressions.expression(scalar.expression()));
            case JsonSerializeContext serialized -> {
                SqlNode json = SqlJsonBuilder.cast(element(serialized.jsonElement()), SqlType.JSON);
                yield SqlJsonBuilder.cast(json, type(serialized.jsonReturning(), SqlType.TEXT));
            }
            default -> throw SyntaxErrors.at(constructor.getStart());
        };
    }

    private static String arrayAgg(SqlType type, boolean absent) {
        return KadeOperators.JSON_ARRAYAGG + (type.equals(SqlType.JSONB) ? "b" : "") + (absent ? "_strict" : "");
    }

    private SqlNode modified(SqlNode aggregate, @Nullable FilterContext filter, @Nullable OverContext over) {
        if (over != null) {
            throw Unsupported.feature("an aggregate of JSON over a window is", over.getStart());
        }
        return filter == null
                ? aggregate
                : SqlStdOperatorTable.FILTER.createCall(
                        aggregate.getParserPosition(), aggregate, ast.expressions.expression(filter.expression()));
    }

    /** {@code JSON(text)}, which may ask for unique keys. */
    SqlNode json(FunctionCallContext call, SqlNode text) {
        SqlJsonBuilder.requireJson(call.jsonFormat());
        SqlParserPos pos = Places.pos(call);
        SqlNode json = SqlJsonBuilder.cast(text, SqlType.JSON);
        return call.UNIQUE() != null && call.WITH() != null
                ? ast.functions.named(KadeOperators.JSON_UNIQUE, pos, json)
                : json;
    }

    private SqlNode element(JsonElementContext element) {
        SqlJsonBuilder.requireJson(element.jsonFormat());
        SqlNode value = ast.expressions.expression(element.expression());
        return element.jsonFormat() == null ? value : SqlJsonBuilder.cast(value, SqlType.JSON);
    }

    private SqlType type(@Nullable JsonReturningContext returning, SqlType otherwise) {
        if (returning == null) {
            return otherwise;
        }
        SqlJsonBuilder.requireJson(returning.jsonFormat());
        return ast.types.type(returning.typeName());
    }

    /** A document of type jsonb, or one of type json that may become text. */
    private SqlNode returning(
            String name, List<SqlNode> operands, @Nullable JsonReturningContext returning, SqlParserPos pos) {
        SqlType type = type(returning, SqlType.JSON);
        boolean binary = type.equals(SqlType.JSONB);
        SqlNode made = ast.functions.named(binary ? name + "b" : name, pos, operands.toArray(new SqlNode[0]));
        return converted(made, type);
    }

    private static SqlNode converted(SqlNode made, SqlType type) {
        return type.isJson() ? made : SqlJsonBuilder.cast(made, type);
    }
}
