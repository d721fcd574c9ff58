package io.kadedb.planner.rel;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.KadeOperatorTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.util.Util;

/** {@code x IN (a, b)} as {@code x = a OR x = b}. */
final class InListComparisons {
    private InListComparisons() {}

    static boolean isOne(SqlCall call) {
        return isOne(call, KadeOperators.IN_LIST) || isOne(call, KadeOperators.NOT_IN_LIST);
    }

    @SuppressWarnings("ReferenceEquality") // operators are constants
    private static boolean isOne(SqlCall call, SqlOperator operator) {
        return call.getOperator() == operator;
    }

    static RexNode convert(SqlRexContext context, SqlCall call) {
        RexBuilder builder = context.getRexBuilder();
        SqlNodeList items = call.operand(1);
        RexNode found = call.operand(0).getKind() == SqlKind.ROW
                ? ofRows(context, call.operand(0), items)
                : ofValues(context, call.operand(0), items);
        return isOne(call, KadeOperators.NOT_IN_LIST) ? builder.makeCall(SqlStdOperatorTable.NOT, found) : found;
    }

    private static RexNode ofRows(SqlRexContext context, SqlCall row, SqlNodeList items) {
        List<RexNode> left = RowComparisons.columns(context, row);
        List<RexNode> comparisons = new ArrayList<>();
        for (SqlNode item : items) {
            if (!(item instanceof SqlCall other)
                    || item.getKind() != SqlKind.ROW
                    || other.operandCount() != left.size()) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "unequal number of entries in row expressions")
                        .at(Positions.of(item.getParserPosition()));
            }
            comparisons.add(RowComparisons.compare(
                    context.getRexBuilder(), SqlStdOperatorTable.EQUALS, left, RowComparisons.columns(context, other)));
        }
        return RexUtil.composeDisjunction(context.getRexBuilder(), comparisons);
    }

    private static RexNode ofValues(SqlRexContext context, SqlNode value, SqlNodeList items) {
        RexBuilder builder = context.getRexBuilder();
        RexNode left = context.convertExpression(value);
        List<RexNode> right = new ArrayList<>();
        for (SqlNode item : items) {
            right.add(context.convertExpression(item));
        }
        SqlType common = SqlTypes.fromRelDataType(context.getValidator().getValidatedNodeType(items));
        if (right.size() > 1 && common.id() != TypeId.CHAR && !common.isArray() && isCostly(left)) {
            // What is compared is never cut to a length.
            return ofArray(context, left, right, common.isText() ? SqlType.TEXT : common);
        }
        List<RexNode> comparisons = new ArrayList<>();
        right.forEach(item -> comparisons.add(builder.makeCall(SqlStdOperatorTable.EQUALS, left, item)));
        return RexUtil.composeDisjunction(builder, comparisons);
    }

    /**
     * Compares with the elements of an array, which names the value once: a chain would compute it for each item, and of
     * lists within lists take twice the time for each level.
     */
    private static RexNode ofArray(SqlRexContext context, RexNode left, List<RexNode> right, SqlType element) {
        RexBuilder builder = context.getRexBuilder();
        boolean nullable = left.getType().isNullable()
                || right.stream().anyMatch(item -> item.getType().isNullable());
        RelDataType array = SqlTypes.toRelDataType(builder.getTypeFactory(), SqlType.array(element), false);
        return builder.makeCall(
                builder.getTypeFactory()
                        .createTypeWithNullability(
                                builder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), nullable),
                function(KadeOperators.ANY),
                List.of(
                        ((KadeRexBuilder) builder).text("="),
                        left,
                        builder.makeCall(array, function(KadeOperators.ARRAY), right)));
    }

    private static SqlOperator function(String name) {
        return KadeOperatorTable.INSTANCE
                .function(name)
                .orElseThrow(() -> KadeException.internal("no function " + name, null));
    }

    /** Whether the value has a subquery or another list in it. */
    private static boolean isCostly(RexNode value) {
        try {
            value.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public Void visitCall(RexCall call) {
                    if (call.getKind() == SqlKind.OR
                            || call.getOperator().getName().equals(KadeOperators.ANY)) {
                        throw Util.FoundOne.NULL;
                    }
                    return super.visitCall(call);
                }

                @Override
                public Void visitSubQuery(RexSubQuery query) {
                    throw Util.FoundOne.NULL;
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }
}
