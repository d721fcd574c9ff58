package io.kadedb.planner.rules;

import io.kadedb.planner.lower.NotInCondition;
import io.kadedb.planner.rel.RowComparisons;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * The comparison in {@code x IN (..)} or {@code x < ANY (..)}, as the standard defines it: true if it is true for a row,
 * else NULL if it is NULL for one, else false. (ALL is NOT with ANY of the opposite.)
 *
 * @param operator that compares
 * @param left the operands, as seen from where the columns of the subquery are
 * @param right the columns of the subquery
 */
record QuantifiedComparison(RexBuilder builder, SqlOperator operator, List<RexNode> left, List<RexNode> right) {
    static boolean isOne(RexSubQuery query) {
        return query.getKind() == SqlKind.IN || query.getKind() == SqlKind.SOME;
    }

    static QuantifiedComparison of(RexSubQuery query, RexBuilder builder, List<RexNode> left, List<RexNode> right) {
        SqlKind kind = query.op instanceof SqlQuantifyOperator quantified && query.getKind() == SqlKind.SOME
                ? quantified.comparisonKind
                : SqlKind.EQUALS;
        return new QuantifiedComparison(builder, operator(kind), left, right);
    }

    private static SqlOperator operator(SqlKind kind) {
        return switch (kind) {
            case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
            case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
            case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
            case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            default -> SqlStdOperatorTable.EQUALS;
        };
    }

    boolean isEquality() {
        return operator.getKind() == SqlKind.EQUALS;
    }

    /** With one row. */
    RexNode comparison() {
        return RowComparisons.compare(builder, operator, left, right);
    }

    boolean isNullable() {
        return comparison().getType().isNullable();
    }

    /** Whether it is true for a row or NULL. */
    RexNode notFalse() {
        if (!isEquality()) {
            RexNode comparison = comparison();
            return comparison.getType().isNullable()
                    ? builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, comparison)
                    : comparison;
        }
        // Rows are different if any of their parts are, whatever the others are.
        List<RexNode> parts = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            boolean nullable =
                    left.get(i).getType().isNullable() || right.get(i).getType().isNullable();
            parts.add(
                    nullable
                            ? NotInCondition.of(builder, left.get(i), right.get(i))
                            : builder.makeCall(operator, left.get(i), right.get(i)));
        }
        return RexUtil.composeConjunction(builder, parts);
    }
}
