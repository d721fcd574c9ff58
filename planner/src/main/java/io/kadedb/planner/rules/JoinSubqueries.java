package io.kadedb.planner.rules;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Takes subqueries out of the conditions of joins, where Calcite's rules mistake the columns of the one side for those of
 * the other: those of inner joins go into a filter above, those of outer joins are computed with the rows of the side
 * that they refer to. What refers to both sides of an outer join stays.
 */
final class JoinSubqueries {
    private final Join join;
    private final RexBuilder builder;
    private final int leftWidth;
    private final List<RexNode> left = new ArrayList<>();
    private final List<RexNode> right = new ArrayList<>();

    private JoinSubqueries(Join join) {
        this.join = join;
        this.builder = join.getCluster().getRexBuilder();
        this.leftWidth = join.getLeft().getRowType().getFieldCount();
    }

    static RelNode rewrite(RelNode rel) {
        if (!(rel instanceof Join join) || !Correlations.hasSubQuery(join.getCondition())) {
            return rel;
        }
        JoinSubqueries subqueries = new JoinSubqueries(join);
        return join.getJoinType() == JoinRelType.INNER ? subqueries.filtered() : subqueries.computed();
    }

    private RelNode filtered() {
        List<RexNode> own = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            (Correlations.hasSubQuery(conjunct) ? above : own).add(conjunct);
        }
        RelNode joined = LogicalJoin.create(
                join.getLeft(),
                join.getRight(),
                join.getHints(),
                RexUtil.composeConjunction(builder, own),
                Set.of(),
                JoinRelType.INNER);
        return LogicalFilter.create(
                joined, RexUtil.composeConjunction(builder, above), ImmutableSet.copyOf(join.getVariablesSet()));
    }

    private RelNode computed() {
        RexNode condition = join.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                return Correlations.isDeterministic(query.rel) ? moved(query) : query;
            }
        });
        if (left.isEmpty() && right.isEmpty()) {
            return join;
        }
        int added = left.size();
        RexNode shifted = condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                // Columns that were added are numbered from both ends until it is known how many there are.
                return ref.getIndex() < leftWidth || ref.getIndex() >= ADDED_LEFT
                        ? new RexInputRef(place(ref.getIndex(), added), ref.getType())
                        : new RexInputRef(ref.getIndex() + added, ref.getType());
            }
        });
        RelNode above = LogicalJoin.create(
                below(join.getLeft(), left, 0),
                below(join.getRight(), right, leftWidth),
                join.getHints(),
                shifted,
                join.getVariablesSet(),
                join.getJoinType());
        return original(above, added);
    }

    private static final int ADDED_LEFT = 1 << 20;
    private static final int ADDED_RIGHT = 1 << 21;

    private int place(int index, int added) {
        if (index >= ADDED_RIGHT) {
            return leftWidth + added + join.getRight().getRowType().getFieldCount() + index - ADDED_RIGHT;
        }
        return index >= ADDED_LEFT ? leftWidth + index - ADDED_LEFT : index;
    }

    private RexNode moved(RexSubQuery query) {
        ImmutableBitSet used = used(query);
        boolean ofLeft =
                used.isEmpty() ? join.getJoinType() == JoinRelType.RIGHT : used.nth(used.cardinality() - 1) < leftWidth;
        if (!ofLeft && !used.isEmpty() && used.nth(0) < leftWidth) {
            return query;
        }
        List<RexNode> side = ofLeft ? left : right;
        side.add(query);
        return new RexInputRef((ofLeft ? ADDED_LEFT : ADDED_RIGHT) + side.size() - 1, query.getType());
    }

    /** Columns of the join's row that the subquery refers to. */
    private ImmutableBitSet used(RexSubQuery query) {
        ImmutableBitSet.Builder found = ImmutableBitSet.builder();
        query.getOperands().forEach(operand -> found.addAll(RelOptUtil.InputFinder.bits(operand)));
        query.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && join.getVariablesSet().contains(variable.id)) {
                    found.set(access.getField().getIndex());
                }
                return super.visitFieldAccess(access);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery inner) {
                visit(inner.rel);
                return super.visitSubQuery(inner);
            }

            private void visit(RelNode rel) {
                rel.accept(this);
                rel.getInputs().forEach(this::visit);
            }
        });
        return found.build();
    }

    private RelNode below(RelNode input, List<RexNode> added, int shift) {
        if (added.isEmpty()) {
            return input;
        }
        List<RexNode> items = new ArrayList<>();
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        input.getRowType().getFieldList().forEach(field -> items.add(builder.makeInputRef(input, field.getIndex())));
        Set<CorrelationId> own = new java.util.LinkedHashSet<>();
        List<RexNode> moved = new ArrayList<>();
        for (RexNode node : added) {
            moved.add(RexUtil.shift(node, -shift));
        }
        for (CorrelationId id : join.getVariablesSet()) {
            CorrelationId fresh = input.getCluster().createCorrel();
            moved.replaceAll(node -> node.accept(new CorrelationRenaming(id, fresh, input, shift)));
            own.add(fresh);
        }
        for (RexNode node : moved) {
            items.add(node);
            names.add("$subquery" + names.size());
        }
        return LogicalProject.create(input, List.of(), items, names, own);
    }

    /** Without the columns that were added. */
    private RelNode original(RelNode above, int added) {
        List<RexNode> items = new ArrayList<>();
        for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
            items.add(builder.makeInputRef(above, i < leftWidth ? i : i + added));
        }
        return LogicalProject.create(above, List.of(), items, join.getRowType().getFieldNames(), Set.of());
    }
}
