package io.kadedb.planner.functions;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.parser.path.JsonTableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlOperatorBinding;

/** The types of the query functions of SQL/JSON, whose calls carry a NULL of each type that is written in them. */
final class SqlJsonTyping {
    private static final int SHAPE = 2;
    private static final int WITNESS = 3;

    private SqlJsonTyping() {}

    static Optional<Typing.Resolution> function(List<Operand> operands) {
        if (operands.size() < WITNESS + 1) {
            return Optional.empty();
        }
        return Optional.of(
                new Typing.Resolution(wanted(operands), operands.get(WITNESS).type()));
    }

    static Optional<Typing.Resolution> table(List<Operand> operands) {
        return operands.size() <= SHAPE
                ? Optional.empty()
                : Optional.of(new Typing.Resolution(wanted(operands), SqlType.TEXT));
    }

    private static List<SqlType> wanted(List<Operand> operands) {
        List<SqlType> wanted = new ArrayList<>();
        wanted.add(document(operands.getFirst()));
        wanted.add(SqlType.JSONPATH);
        for (Operand operand : operands.subList(2, operands.size())) {
            wanted.add(operand.unknown() ? SqlType.TEXT : operand.type());
        }
        if (!operands.get(1).unknown() && operands.get(1).type().id() != TypeId.JSONPATH) {
            throw KadeException.of(
                    ErrorCode.DATATYPE_MISMATCH,
                    "JSON path expression must be of type jsonpath, not of type "
                            + operands.get(1).type());
        }
        return wanted;
    }

    private static SqlType document(Operand operand) {
        boolean written =
                operand.unknown() || operand.type().isText() || operand.type().isJson();
        if (!written) {
            throw KadeException.of(ErrorCode.CANNOT_COERCE, "cannot cast type " + operand.type() + " to jsonb");
        }
        return SqlType.JSONB;
    }

    static Optional<Typing.Resolution> test(List<Operand> operands) {
        if (operands.size() != 3) {
            return Optional.empty();
        }
        Operand value = operands.getFirst();
        SqlType type = value.unknown() ? SqlType.TEXT : value.type();
        if (!type.isText() && !type.isJson() && type.id() != TypeId.BYTEA) {
            throw KadeException.of(ErrorCode.DATATYPE_MISMATCH, "cannot use type " + type + " in IS JSON predicate");
        }
        return Optional.of(new Typing.Resolution(List.of(type, SqlType.TEXT, SqlType.BOOLEAN), SqlType.BOOLEAN));
    }

    /** The columns of a JSON_TABLE. */
    static List<Field> columns(SqlOperatorBinding call) {
        JsonTableShape shape =
                JsonTableShape.parse(Objects.requireNonNull(call.getOperandLiteralValue(SHAPE, String.class)));
        List<Field> columns = new ArrayList<>();
        for (JsonTableShape.Column column : shape.flat()) {
            columns.add(
                    switch (column) {
                        case JsonTableShape.Ordinality ordinality ->
                            new Field(ordinality.name(), SqlType.INTEGER, true);
                        case JsonTableShape.Value value ->
                            new Field(
                                    value.name(), SqlTypes.fromRelDataType(call.getOperandType(value.witness())), true);
                        case JsonTableShape.Nested nested ->
                            throw new IllegalStateException("nested columns: " + nested);
                    });
        }
        return columns;
    }
}
