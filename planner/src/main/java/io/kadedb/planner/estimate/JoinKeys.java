package io.kadedb.planner.estimate;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * The columns a join compares for equality.
 *
 * @param left ordinals of the left input
 * @param right ordinals of the right input
 */
record JoinKeys(List<Integer> left, List<Integer> right) {
    static JoinKeys of(Join join) {
        int fields = join.getLeft().getRowType().getFieldCount();
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            if (conjunct instanceof RexCall call
                    && call.getKind() == SqlKind.EQUALS
                    && call.getOperands().get(0) instanceof RexInputRef a
                    && call.getOperands().get(1) instanceof RexInputRef b
                    && (a.getIndex() < fields) != (b.getIndex() < fields)) {
                left.add(Math.min(a.getIndex(), b.getIndex()));
                right.add(Math.max(a.getIndex(), b.getIndex()) - fields);
            }
        }
        return new JoinKeys(left, right);
    }
}
