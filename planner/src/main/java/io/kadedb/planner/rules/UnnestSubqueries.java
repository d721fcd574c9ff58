package io.kadedb.planner.rules;

import com.google.common.collect.ImmutableSet;
import io.kadedb.planner.lower.NotInCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Turns [NOT] EXISTS and [NOT] IN in a WHERE into semi and anti joins, correlated conditions becoming join conditions.
 * What it does not recognise stays for Calcite's general decorrelation.
 */
final class UnnestSubqueries {
    private final boolean joins;

    /** @param joins whether subqueries become joins; if not, they are only made such that decorrelation knows them */
    UnnestSubqueries(boolean joins) {
        this.joins = joins;
    }

    RelNode rewrite(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(rewrite(input));
        }
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        RelNode nested = copy.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RelNode inner = rewrite(query.rel);
                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                return inner.equals(query.rel) ? visited : visited.clone(inner);
            }
        });
        RelNode separate = QuantifiedComparisons.rewrite(SubqueryOperands.rewrite(JoinSubqueries.rewrite(nested)));
        if (!separate.equals(nested)) {
            return rewrite(separate);
        }
        return joins && nested instanceof Filter filter ? unnest(filter) : nested;
    }

    private static RelNode unnest(Filter filter) {
        if (!Correlations.hasSubQuery(filter.getCondition())) {
            return filter;
        }
        RelNode input = filter.getInput();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            Optional<RelNode> joined = join(input, conjunct, filter);
            if (joined.isPresent()) {
                input = joined.get();
            } else {
                rest.add(conjunct);
            }
        }
        if (rest.isEmpty()) {
            return input;
        }
        RexNode condition = RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), rest);
        boolean outer = filter.getVariablesSet().stream().anyMatch(id -> Correlations.uses(condition, id));
        return LogicalFilter.create(
                input, condition, outer ? ImmutableSet.copyOf(filter.getVariablesSet()) : ImmutableSet.of());
    }

    private static Optional<RelNode> join(RelNode input, RexNode conjunct, Filter filter) {
        boolean negated = conjunct.getKind() == SqlKind.NOT;
        RexNode inner = negated ? ((RexCall) conjunct).getOperands().getFirst() : conjunct;
        if (!(inner instanceof RexSubQuery query)
                || (query.getKind() != SqlKind.EXISTS && query.getKind() != SqlKind.IN)
                || query.getOperands().stream().anyMatch(Correlations::hasSubQuery)) {
            return Optional.empty();
        }
        CorrelationId id = filter.getVariablesSet().isEmpty()
                ? null
                : filter.getVariablesSet().iterator().next();
        if (filter.getVariablesSet().size() > 1) {
            return Optional.empty();
        }
        return new Body(query, id).strip().flatMap(body -> body.join(input, negated));
    }

    /** A subquery taken apart: a relation free of outer references, and conditions that may have them. */
    private static final class Body {
        private final RexSubQuery query;
        private final @Nullable CorrelationId id;
        private final RexBuilder builder;
        private RelNode rel;
        private List<RexNode> output = new ArrayList<>();
        private List<RexNode> correlated = new ArrayList<>();
        private List<RexNode> own = new ArrayList<>();

        Body(RexSubQuery query, @Nullable CorrelationId id) {
            this.query = query;
            this.id = id;
            this.rel = query.rel;
            this.builder = query.rel.getCluster().getRexBuilder();
            if (query.getKind() == SqlKind.IN) {
                for (int i = 0; i < rel.getRowType().getFieldCount(); i++) {
                    output.add(builder.makeInputRef(rel, i));
                }
            }
        }

        private boolean isCorrelated(RexNode node) {
            return id != null && Correlations.uses(node, id);
        }

        Optional<Body> strip() {
            while (id != null && Correlations.uses(rel, id)) {
                if (rel instanceof Project project && !project.containsOver()) {
                    output = new ArrayList<>(RelOptUtil.pushPastProject(output, project));
                    correlated = new ArrayList<>(RelOptUtil.pushPastProject(correlated, project));
                    own = new ArrayList<>(RelOptUtil.pushPastProject(own, project));
                    rel = project.getInput();
                } else if (rel instanceof Filter filter
                        && filter.getVariablesSet().isEmpty()) {
                    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                        (isCorrelated(conjunct) ? correlated : own).add(conjunct);
                    }
                    rel = filter.getInput();
                } else {
                    return Optional.empty();
                }
            }
            boolean nested = correlated.stream().anyMatch(Correlations::hasSubQuery)
                    || output.stream().anyMatch(Correlations::hasSubQuery);
            return nested ? Optional.empty() : Optional.of(this);
        }

        Optional<RelNode> join(RelNode left, boolean negated) {
            RelNode right = own.isEmpty() ? rel : LogicalFilter.create(rel, RexUtil.composeConjunction(builder, own));
            int shift = left.getRowType().getFieldCount();
            List<RexNode> conditions = new ArrayList<>();
            for (int i = 0; i < output.size(); i++) {
                RexNode outer = query.getOperands().get(i);
                RexNode inner = joined(output.get(i), shift, left);
                boolean nullable =
                        outer.getType().isNullable() || inner.getType().isNullable();
                conditions.add(
                        negated && nullable
                                ? NotInCondition.of(builder, outer, inner)
                                : builder.makeCall(SqlStdOperatorTable.EQUALS, outer, inner));
            }
            if (negated && output.size() > 1) {
                boolean nullable = conditions.stream().anyMatch(c -> c.getKind() != SqlKind.EQUALS);
                if (nullable) {
                    return Optional.empty();
                }
            }
            correlated.forEach(condition -> conditions.add(joined(condition, shift, left)));
            return Optional.of(LogicalJoin.create(
                    left,
                    right,
                    List.of(),
                    RexUtil.composeConjunction(builder, conditions),
                    Set.of(),
                    negated ? JoinRelType.ANTI : JoinRelType.SEMI));
        }

        /** The expression over left and right columns. */
        private RexNode joined(RexNode node, int shift, RelNode left) {
            return node.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                    return new RexInputRef(ref.getIndex() + shift, ref.getType());
                }

                @Override
                public RexNode visitFieldAccess(RexFieldAccess access) {
                    boolean outer =
                            access.getReferenceExpr() instanceof RexCorrelVariable variable && variable.id.equals(id);
                    return outer
                            ? builder.makeInputRef(left, access.getField().getIndex())
                            : super.visitFieldAccess(access);
                }
            });
        }
    }
}
