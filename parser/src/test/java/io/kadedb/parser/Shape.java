package io.kadedb.parser;

import io.kadedb.parser.ast.KadeOperators;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** A tree as nested calls: {@code (+ a (* b c))}. */
final class Shape {
    private Shape() {}

    static String of(SqlNode node) {
        return switch (node) {
            case SqlCall call
            when KadeOperators.intervalValue(call).isPresent() ->
                KadeOperators.intervalValue(call).get().toString();
            case SqlCall call when ExpressionBuilder.isQuery(call) -> "{" + Sql.oneLine(call) + "}";
            case SqlCall call ->
                "(" + call.getOperator().getName().toLowerCase(Locale.ROOT)
                        + call.getOperandList().stream()
                                .map(operand -> " " + (operand == null ? "-" : of(operand)))
                                .collect(Collectors.joining())
                        + ")";
            case SqlNodeList list -> list.stream().map(Shape::of).collect(Collectors.joining(" ", "[", "]"));
            default -> Sql.oneLine(node);
        };
    }
}
