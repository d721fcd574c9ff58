package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Makes joins of Applies whose right side can be computed for all left rows at once. The others stay and run row by row:
 * only what {@link PulledQuery} knows to give the same is changed.
 */
final class Decorrelation {
    private final boolean filters;
    private final boolean others;

    /**
     * @param filters whether Applies that keep or drop rows become semi and anti joins
     * @param others whether those that add columns become inner and outer joins
     */
    Decorrelation(boolean filters, boolean others) {
        this.filters = filters;
        this.others = others;
    }

    RelNode rewrite(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(rewrite(input));
        }
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return copy instanceof Correlate apply && isJoined(apply)
                ? joined(apply).orElseGet(() -> ofFirst(apply))
                : copy;
    }

    private static RelNode ofFirst(Correlate apply) {
        RelNode right = SubqueryColumns.ofFirst(apply.getRight());
        return right.equals(apply.getRight())
                ? apply
                : apply.copy(
                        apply.getTraitSet(),
                        apply.getLeft(),
                        right,
                        apply.getCorrelationId(),
                        apply.getRequiredColumns(),
                        apply.getJoinType());
    }

    /** A right side that is the same for all left rows runs once whatever the rules are: it may be volatile. */
    private boolean isJoined(Correlate apply) {
        return (apply.getJoinType().projectsRight() ? others : filters)
                || !Correlations.uses(apply.getRight(), apply.getCorrelationId());
    }

    private static Optional<RelNode> joined(Correlate apply) {
        RelNode right = apply.getJoinType().projectsRight() ? apply.getRight() : unlimited(apply.getRight());
        if (!Correlations.uses(right, apply.getCorrelationId())) {
            RexNode always = apply.getCluster().getRexBuilder().makeLiteral(true);
            return Optional.of(
                    LogicalJoin.create(apply.getLeft(), right, List.of(), always, Set.of(), apply.getJoinType()));
        }
        // What is volatile is computed for each left row.
        return Correlations.isDeterministic(right) && !isGuarded(apply)
                ? PulledQuery.of(right, apply.getCorrelationId()).map(query -> new Joined(apply, query).result())
                : Optional.empty();
    }

    /** Whether it is computed for some left rows only, since it may fail for others. */
    private static boolean isGuarded(Correlate apply) {
        List<String> names = apply.getLeft().getRowType().getFieldNames();
        for (int column : apply.getRequiredColumns()) {
            if (names.get(column).startsWith(SubqueryApplies.GUARD)) {
                return true;
            }
        }
        return false;
    }

    /** Without a limit that leaves a row if there are any. */
    private static RelNode unlimited(RelNode rel) {
        boolean leavesSome = rel instanceof Sort sort
                && sort.offset == null
                && (sort.fetch == null
                        || (sort.fetch instanceof RexLiteral literal && RexLiteral.intValue(literal) > 0));
        return leavesSome ? unlimited(rel.getInput(0)) : rel;
    }

    /** The join of the left side with the query that has been pulled out of the right side. */
    private static final class Joined {
        private final Correlate apply;
        private final PulledQuery query;
        private final RexBuilder builder;
        private final RelNode left;
        private final int shift;

        Joined(Correlate apply, PulledQuery pulled) {
            boolean mayMiss = apply.getJoinType() == JoinRelType.LEFT && !pulled.scalar();
            this.apply = apply;
            this.query = mayMiss ? pulled.withNullableOutputs() : pulled;
            this.builder = apply.getCluster().getRexBuilder();
            this.left = apply.getLeft();
            this.shift = left.getRowType().getFieldCount();
        }

        RelNode result() {
            JoinRelType type = apply.getJoinType();
            if (!type.projectsRight()) {
                return query.scalar() ? filtered(type == JoinRelType.ANTI) : join(type);
            }
            RelNode joined = join(query.scalar() ? JoinRelType.LEFT : type);
            if (type == JoinRelType.INNER && !query.kept().isEmpty()) {
                joined = LogicalFilter.create(joined, kept(joined));
            }
            return project(joined);
        }

        private RelNode join(JoinRelType type) {
            List<RexNode> conditions = query.predicates().stream()
                    .map(node -> over(node, query.rel(), shift))
                    .toList();
            return LogicalJoin.create(
                    left, query.rel(), List.of(), RexUtil.composeConjunction(builder, conditions), Set.of(), type);
        }

        /** The expression over the rows of both sides; the columns of the query are those of the relation behind a shift. */
        private RexNode over(RexNode node, RelNode rel, int first) {
            int moved = shift - first;
            return OuterReferences.replace(
                    node.accept(new InputReferences(column -> {
                        RexNode own = builder.makeInputRef(rel, column + moved);
                        return moved == 0 ? RexUtil.shift(own, shift) : own;
                    })),
                    Set.of(query.id()),
                    column -> builder.makeInputRef(left, column));
        }

        private RexNode kept(RelNode joined) {
            return RexUtil.composeConjunction(
                    builder,
                    query.kept().stream().map(node -> over(node, joined, 0)).toList());
        }

        /** Of a query that always gives its row, unless what is asked of that row is not true. */
        private RelNode filtered(boolean negated) {
            RelNode joined = join(JoinRelType.LEFT);
            RexNode kept = kept(joined);
            RelNode filtered = LogicalFilter.create(
                    joined, negated ? builder.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, kept) : kept);
            return LogicalProject.create(
                    filtered,
                    List.of(),
                    builder.identityProjects(left.getRowType()),
                    left.getRowType().getFieldNames(),
                    Set.of());
        }

        private RelNode project(RelNode joined) {
            boolean mayDrop =
                    apply.getJoinType() == JoinRelType.LEFT && !query.kept().isEmpty();
            List<RexNode> items = new ArrayList<>(builder.identityProjects(left.getRowType()));
            for (RexNode output : query.outputs()) {
                RexNode value = over(output, joined, 0);
                items.add(
                        mayDrop
                                ? builder.makeCall(
                                        SqlStdOperatorTable.CASE,
                                        kept(joined),
                                        value,
                                        builder.makeNullLiteral(value.getType()))
                                : value);
            }
            for (int i = 0; i < items.size(); i++) {
                RexNode item = items.get(i);
                var wanted = apply.getRowType().getFieldList().get(i).getType();
                items.set(i, item.getType().equals(wanted) ? item : builder.makeAbstractCast(wanted, item, false));
            }
            return LogicalProject.create(
                    joined, List.of(), items, apply.getRowType().getFieldNames(), Set.of());
        }
    }
}
