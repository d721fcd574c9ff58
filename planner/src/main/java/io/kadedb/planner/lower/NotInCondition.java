package io.kadedb.planner.lower;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The join condition that NOT IN with NULLs amounts to: {@code a = b OR a IS NULL OR b IS NULL}, for an anti join. */
public final class NotInCondition {
    private NotInCondition() {}

    public static RexNode of(RexBuilder builder, RexNode a, RexNode b) {
        return RexUtil.composeDisjunction(
                builder,
                List.of(
                        builder.makeCall(SqlStdOperatorTable.EQUALS, a, b),
                        builder.makeCall(SqlStdOperatorTable.IS_NULL, a),
                        builder.makeCall(SqlStdOperatorTable.IS_NULL, b)));
    }

    /** The two sides, if a condition has that form. */
    static Optional<List<RexNode>> key(RexNode condition) {
        List<RexNode> parts = RelOptUtil.disjunctions(condition);
        if (parts.size() < 2
                || parts.size() > 3
                || !(parts.getFirst() instanceof RexCall equality)
                || equality.getKind() != SqlKind.EQUALS) {
            return Optional.empty();
        }
        // A side that cannot be NULL has no IS NULL.
        boolean nulls = parts.subList(1, parts.size()).stream()
                .allMatch(part -> part instanceof RexCall call
                        && call.getKind() == SqlKind.IS_NULL
                        && equality.getOperands().contains(call.getOperands().getFirst()));
        return nulls ? Optional.of(equality.getOperands()) : Optional.empty();
    }
}
