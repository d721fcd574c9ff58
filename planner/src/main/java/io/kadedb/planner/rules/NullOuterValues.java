package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Corrects decorrelated queries where an outer value is NULL. A subquery that gives a row for each outer value, such as a
 * count, is computed once for each distinct value, NULL included; Calcite then joins that to the outer rows by {@code =},
 * which finds nothing for NULL. Here such joins become IS NOT DISTINCT FROM.
 */
final class NullOuterValues {
    private NullOuterValues() {}

    static RelNode rewrite(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(rewrite(input));
        }
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return copy instanceof Join join ? nullSafe(join) : copy;
    }

    private static RelNode nullSafe(Join join) {
        RexBuilder builder = join.getCluster().getRexBuilder();
        int leftFields = join.getLeft().getRowType().getFieldCount();
        ImmutableBitSet values = outerValues(join.getRight()).shift(leftFields);
        List<RexNode> conjuncts = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            RexNode collapsed = conjunct instanceof RexCall call && call.getKind() == SqlKind.OR
                    ? RelOptUtil.collapseExpandedIsNotDistinctFromExpr(call, builder)
                    : conjunct;
            conjuncts.add(
                    comparesWith(collapsed, values, leftFields)
                            ? builder.makeCall(
                                    SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, ((RexCall) collapsed).getOperands())
                            : collapsed);
        }
        RexNode condition = RexUtil.composeConjunction(builder, conjuncts);
        return condition.equals(join.getCondition())
                ? join
                : join.copy(
                        join.getTraitSet(),
                        condition,
                        join.getLeft(),
                        join.getRight(),
                        join.getJoinType(),
                        join.isSemiJoinDone());
    }

    private static boolean comparesWith(RexNode conjunct, ImmutableBitSet values, int leftFields) {
        return conjunct instanceof RexCall call
                && call.getKind() == SqlKind.EQUALS
                && call.getOperands().get(0) instanceof RexInputRef a
                && call.getOperands().get(1) instanceof RexInputRef b
                && ((a.getIndex() < leftFields && values.get(b.getIndex()))
                        || (b.getIndex() < leftFields && values.get(a.getIndex())));
    }

    /** Columns that hold the distinct outer values, each kept by an outer join that compares them null-safely. */
    private static ImmutableBitSet outerValues(RelNode rel) {
        return switch (rel) {
            case Filter filter -> outerValues(filter.getInput());
            case Project project -> {
                ImmutableBitSet below = outerValues(project.getInput());
                ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
                for (int i = 0; i < project.getProjects().size(); i++) {
                    if (project.getProjects().get(i) instanceof RexInputRef ref && below.get(ref.getIndex())) {
                        columns.set(i);
                    }
                }
                yield columns.build();
            }
            case Join join
            when join.getJoinType() == JoinRelType.LEFT -> {
                int leftFields = join.getLeft().getRowType().getFieldCount();
                ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
                for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
                    if (conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM) {
                        RelOptUtil.InputFinder.bits(conjunct).forEach(column -> {
                            if (column < leftFields) {
                                columns.set(column);
                            }
                        });
                    }
                }
                yield columns.build();
            }
            default -> ImmutableBitSet.of();
        };
    }
}
