package io.kadedb.planner.lower;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.lower.JoinPlanner.WithKeys;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.rel.LogicalAsofJoin;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Lowers ASOF joins; their keys and times are computed below. */
final class AsofJoinPlanner {
    private final PhysicalPlanner planner;
    private final ExprBuilder expressions;
    private final Cardinality cardinality;

    AsofJoinPlanner(PhysicalPlanner planner, ExprBuilder expressions, Cardinality cardinality) {
        this.planner = planner;
        this.expressions = expressions;
        this.cardinality = cardinality;
    }

    Lowered lower(LogicalAsofJoin join, ImmutableBitSet needed) {
        int leftFields = join.getLeft().getRowType().getFieldCount();
        int fields = join.getRowType().getFieldCount();
        ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(needed);
        join.conditions().forEach(condition -> read.addAll(RelOptUtil.InputFinder.bits(condition)));
        ImmutableBitSet used = read.build();
        ImmutableBitSet leftNeeded = used.intersect(ImmutableBitSet.range(leftFields));
        ImmutableBitSet rightNeeded =
                used.intersect(ImmutableBitSet.range(leftFields, fields)).shift(-leftFields);
        Lowered left = planner.lower(join.getLeft(), leftNeeded).pruned(leftNeeded);
        Lowered right = planner.lower(join.getRight(), rightNeeded).pruned(rightNeeded);

        List<Expr> leftKeys = new ArrayList<>();
        List<Expr> rightKeys = new ArrayList<>();
        for (RexNode condition : join.conditions()) {
            List<RexNode> sides = ((RexCall) condition).getOperands();
            Expr a = expressions.build(sides.get(0), left::column);
            Expr b = expressions.build(sides.get(1), index -> right.column(index - leftFields));
            SqlType common = Comparisons.common(a.type(), b.type());
            leftKeys.add(a.type().isText() ? a : expressions.cast(a, common));
            rightKeys.add(b.type().isText() ? b : expressions.cast(b, common));
        }
        ComparedTypes.requireTime(leftKeys.getLast().type());
        WithKeys leftInput = WithKeys.of(left, leftKeys);
        WithKeys rightInput = WithKeys.of(right, rightKeys);
        int keys = join.keys().size();
        JoinType type = JoinType.valueOf(join.type().name());
        PhysicalPlan l = leftInput.lowered().plan();
        PhysicalPlan r = rightInput.lowered().plan();
        PhysicalPlan plan = new PhysicalPlan.AsofJoin(
                l,
                r,
                type,
                leftInput.keys().subList(0, keys),
                rightInput.keys().subList(0, keys),
                leftInput.keys().get(keys),
                rightInput.keys().get(keys),
                comparison(join.comparison()),
                JoinPlanner.output(l, r, type),
                cardinality.rows(join));
        return new Lowered(plan, JoinPlanner.places(leftInput.lowered(), rightInput.lowered(), true));
    }

    private static ScalarFunction comparison(RexCall call) {
        return switch (call.getKind()) {
            case GREATER_THAN_OR_EQUAL -> ScalarFunction.GE;
            case GREATER_THAN -> ScalarFunction.GT;
            case LESS_THAN_OR_EQUAL -> ScalarFunction.LE;
            case LESS_THAN -> ScalarFunction.LT;
            default -> throw new IllegalStateException("not a comparison: " + call);
        };
    }
}
