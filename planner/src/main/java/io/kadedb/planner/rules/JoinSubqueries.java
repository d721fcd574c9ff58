package io.kadedb.planner.rules;

import com.google.common.collect.ImmutableSet;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Takes subqueries out of the conditions of joins: those of inner joins go into a filter above, those of outer joins are computed with the rows of the side
 * that they refer to. A subquery over both sides of an outer join makes it an Apply.
 */
final class JoinSubqueries {
    private final Join join;
    private final RexBuilder builder;
    private final int leftWidth;
    private final List<RexNode> left = new ArrayList<>();
    private final List<RexNode> right = new ArrayList<>();
    private boolean ofBoth;

    private JoinSubqueries(Join join) {
        this.join = join;
        this.builder = join.getCluster().getRexBuilder();
        this.leftWidth = join.getLeft().getRowType().getFieldCount();
    }

    /** The same with filters and projections for the subqueries in the condition. */
    static RelNode rewrite(Join join) {
        JoinSubqueries subqueries = new JoinSubqueries(join);
        return join.getJoinType() == JoinRelType.INNER ? subqueries.filtered() : subqueries.computed();
    }

    /** For each row of one side the rows of the other for which the condition is true. */
    private RelNode applied() {
        return switch (join.getJoinType()) {
            case LEFT -> ofLeft(JoinRelType.LEFT);
            case RIGHT -> ofRight(JoinRelType.LEFT);
            default -> full();
        };
    }

    private RelNode ofLeft(JoinRelType type) {
        return applied(join.getLeft(), 0, join.getRight(), leftWidth, type);
    }

    private RelNode ofRight(JoinRelType type) {
        RelNode swapped = applied(join.getRight(), leftWidth, join.getLeft(), 0, type);
        int rightWidth = join.getRight().getRowType().getFieldCount();
        List<RexNode> items = new ArrayList<>();
        for (int i = 0; i < leftWidth + rightWidth; i++) {
            items.add(
                    i < leftWidth && type == JoinRelType.ANTI
                            ? builder.makeNullLiteral(column(i).getType())
                            : builder.makeInputRef(swapped, i < leftWidth ? i + rightWidth : i - leftWidth));
        }
        return LogicalProject.create(
                swapped, List.of(), items, join.getRowType().getFieldNames(), Set.of());
    }

    private RelDataTypeField column(int index) {
        return join.getRowType().getFieldList().get(index);
    }

    /** The rows of the left side with theirs of the right, and those of the right that find none. */
    private RelNode full() {
        if (!Correlations.isDeterministic(join)) {
            throw KadeException.of(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "FULL JOIN of what may change, with a subquery over both sides in its condition, is not built");
        }
        return LogicalUnion.create(List.of(typed(ofLeft(JoinRelType.LEFT)), typed(ofRight(JoinRelType.ANTI))), true);
    }

    private RelNode typed(RelNode part) {
        List<RexNode> items = new ArrayList<>();
        for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
            RexNode item = builder.makeInputRef(part, i);
            items.add(
                    item.getType().equals(column(i).getType())
                            ? item
                            : builder.makeAbstractCast(column(i).getType(), item, false));
        }
        return LogicalProject.create(part, List.of(), items, join.getRowType().getFieldNames(), Set.of());
    }

    private RelNode applied(RelNode outer, int outerFirst, RelNode inner, int innerFirst, JoinRelType type) {
        CorrelationId id = join.getCluster().createCorrel();
        CorrelationId own = join.getCluster().createCorrel();
        RexNode outerRow = builder.makeCorrel(outer.getRowType(), id);
        RexNode innerRow = builder.makeCorrel(inner.getRowType(), own);
        int outerWidth = outer.getRowType().getFieldCount();
        IntPredicate isOuter = column -> column >= outerFirst && column < outerFirst + outerWidth;
        RexNode condition = OuterReferences.replace(
                        join.getCondition(),
                        join.getVariablesSet(),
                        column -> isOuter.test(column)
                                ? builder.makeFieldAccess(outerRow, column - outerFirst)
                                : builder.makeFieldAccess(innerRow, column - innerFirst))
                .accept(new InputReferences(column -> isOuter.test(column)
                        ? builder.makeFieldAccess(outerRow, column - outerFirst)
                        : builder.makeInputRef(inner, column - innerFirst)));
        RelNode matches = LogicalFilter.create(inner, condition, ImmutableSet.of(own));
        return LogicalCorrelate.create(
                outer, matches, List.of(), id, OuterReferences.columns(matches, Set.of(id)), type);
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
            private boolean inBranch;

            @Override
            public RexNode visitCall(RexCall call) {
                boolean around = inBranch;
                inBranch |= BranchGuards.hasBranches(call);
                RexNode result = super.visitCall(call);
                inBranch = around;
                return result;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                boolean mayMove = Correlations.isDeterministic(query.rel) && !(inBranch && GuardedQuery.mayFail(query));
                RexNode column = mayMove ? moved(query) : query;
                ofBoth |= column.equals(query);
                return column;
            }
        });
        if (ofBoth) {
            return applied();
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
        ImmutableBitSet outer = OuterReferences.columns(query, join.getVariablesSet());
        return query.getOperands().stream().map(RelOptUtil.InputFinder::bits).reduce(outer, ImmutableBitSet::union);
    }

    private RelNode below(RelNode input, List<RexNode> added, int shift) {
        if (added.isEmpty()) {
            return input;
        }
        List<RexNode> items = new ArrayList<>();
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        input.getRowType().getFieldList().forEach(field -> items.add(builder.makeInputRef(input, field.getIndex())));
        Set<CorrelationId> own = new LinkedHashSet<>();
        List<RexNode> moved = new ArrayList<>();
        for (RexNode node : added) {
            moved.add(RexUtil.shift(node, -shift));
        }
        for (CorrelationId id : join.getVariablesSet()) {
            CorrelationId fresh = input.getCluster().createCorrel();
            RexNode row = builder.makeCorrel(input.getRowType(), fresh);
            moved.replaceAll(node ->
                    OuterReferences.replace(node, Set.of(id), column -> builder.makeFieldAccess(row, column - shift)));
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
