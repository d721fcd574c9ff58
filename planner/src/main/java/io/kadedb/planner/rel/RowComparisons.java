package io.kadedb.planner.rel;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;

/** Compares rows column by column: the first columns that differ decide. */
public final class RowComparisons {
    private RowComparisons() {}

    /** Whether both sides are written as rows of the same width. */
    static boolean isOne(SqlCall call) {
        return operator(call.getKind()) != null
                && call.operandCount() == 2
                && call.operand(0).getKind() == SqlKind.ROW
                && call.operand(1).getKind() == SqlKind.ROW
                && ((SqlCall) call.operand(0)).operandCount() == ((SqlCall) call.operand(1)).operandCount();
    }

    private static @org.jspecify.annotations.Nullable SqlOperator operator(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> SqlStdOperatorTable.EQUALS;
            case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
            case LESS_THAN, LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN;
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN;
            case IS_DISTINCT_FROM -> SqlStdOperatorTable.IS_DISTINCT_FROM;
            case IS_NOT_DISTINCT_FROM -> SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
            default -> null;
        };
    }

    static RexNode convert(SqlRexContext context, SqlCall call) {
        return compare(
                context.getRexBuilder(),
                call.getOperator(),
                columns(context, call.operand(0)),
                columns(context, call.operand(1)));
    }

    /** Compares the columns of one row with those of another. */
    public static RexNode compare(
            RexBuilder builder, SqlOperator operator, List<? extends RexNode> left, List<? extends RexNode> right) {
        return switch (operator.getKind()) {
            case EQUALS, IS_NOT_DISTINCT_FROM ->
                RexUtil.composeConjunction(builder, pairs(builder, operator, left, right));
            case NOT_EQUALS, IS_DISTINCT_FROM ->
                RexUtil.composeDisjunction(builder, pairs(builder, operator, left, right));
            default -> ordered(builder, operator, left, right);
        };
    }

    /** The columns of a row that is written out. */
    static List<RexNode> columns(SqlRexContext context, SqlNode row) {
        List<RexNode> columns = new ArrayList<>();
        for (SqlNode operand : ((SqlCall) row).getOperandList()) {
            columns.add(context.convertExpression(operand));
        }
        return columns;
    }

    private static List<RexNode> pairs(
            RexBuilder builder, SqlOperator operator, List<? extends RexNode> left, List<? extends RexNode> right) {
        List<RexNode> pairs = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            pairs.add(builder.makeCall(operator, left.get(i), right.get(i)));
        }
        return pairs;
    }

    /** {@code (a, b) < (c, d)}: {@code a < c or (a = c and b < d)}; the last columns decide about equal rows. */
    private static RexNode ordered(
            RexBuilder builder, SqlOperator operator, List<? extends RexNode> left, List<? extends RexNode> right) {
        SqlOperator strict = operator(operator.getKind());
        int last = left.size() - 1;
        RexNode result = builder.makeCall(operator, left.get(last), right.get(last));
        for (int i = last - 1; i >= 0 && strict != null; i--) {
            RexNode equal = builder.makeCall(SqlStdOperatorTable.EQUALS, left.get(i), right.get(i));
            result = builder.makeCall(
                    SqlStdOperatorTable.OR,
                    builder.makeCall(strict, left.get(i), right.get(i)),
                    builder.makeCall(SqlStdOperatorTable.AND, equal, result));
        }
        return result;
    }
}
