package io.kadedb.parser;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** JSON_OBJECT, JSON_ARRAY, JSON_SCALAR and JSON_SERIALIZE. */
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
            case JsonScalarContext scalar ->
                ast.functions.named("to_json", pos, ast.expressions.expression(scalar.expression()));
            case JsonSerializeContext serialized -> {
                SqlNode json = SqlJsonBuilder.cast(element(serialized.jsonElement()), SqlType.JSON);
                yield SqlJsonBuilder.cast(json, type(serialized.jsonReturning(), SqlType.TEXT));
            }
            default -> throw SyntaxErrors.at(constructor.getStart());
        };
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
        return binary || type.equals(SqlType.JSON) ? made : SqlJsonBuilder.cast(made, type);
    }
}
