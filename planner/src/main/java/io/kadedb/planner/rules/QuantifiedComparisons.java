package io.kadedb.planner.rules;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Turns {@code x < ANY (..)} and {@code (x, y) IN (..)} into EXISTS as the standard defines them: true if the comparison
 * is true for a row, else NULL if it is NULL for one, else false. Calcite's own rules want an order of the values, which
 * not all types have here, and take a row with a NULL for NULL although another part of it differs.
 */
final class QuantifiedComparisons {
    private final RelNode input;
    private final Set<CorrelationId> variables;
    private final CorrelationId id;
    private final RexBuilder builder;
    private boolean found;
    private boolean refersToOuter;

    private QuantifiedComparisons(RelNode input, Set<CorrelationId> variables) {
        this.input = input;
        this.variables = Set.copyOf(variables);
        this.builder = input.getCluster().getRexBuilder();
        this.id = variables.isEmpty()
                ? input.getCluster().createCorrel()
                : variables.iterator().next();
    }

    static RelNode rewrite(RelNode rel) {
        return switch (rel) {
            case Filter filter
            when Correlations.hasSubQuery(filter.getCondition()) ->
                new QuantifiedComparisons(filter.getInput(), filter.getVariablesSet()).filter(filter);
            case Project project
            when project.getProjects().stream().anyMatch(Correlations::hasSubQuery) ->
                new QuantifiedComparisons(project.getInput(), project.getVariablesSet()).project(project);
            default -> rel;
        };
    }

    private RelNode filter(Filter filter) {
        List<RexNode> conjuncts = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            conjuncts.add(condition(conjunct));
        }
        return found
                ? LogicalFilter.create(
                        input,
                        RexUtil.composeConjunction(builder, conjuncts),
                        ImmutableSet.copyOf(variables(filter.getVariablesSet())))
                : filter;
    }

    private RelNode project(Project project) {
        List<RexNode> items = project.getProjects().stream().map(this::value).toList();
        return found
                ? LogicalProject.create(
                        input,
                        project.getHints(),
                        items,
                        project.getRowType().getFieldNames(),
                        variables(project.getVariablesSet()))
                : project;
    }

    private Set<CorrelationId> variables(Set<CorrelationId> known) {
        Set<CorrelationId> all = new LinkedHashSet<>(known);
        if (refersToOuter) {
            all.add(id);
        }
        return all;
    }

    /** Of a condition it matters only for which rows it is true. */
    private RexNode condition(RexNode conjunct) {
        boolean negated = conjunct.getKind() == SqlKind.NOT;
        RexNode inner = negated ? ((RexCall) conjunct).getOperands().getFirst() : conjunct;
        if (!(inner instanceof RexSubQuery query) || !isQuantified(query)) {
            return value(conjunct);
        }
        found = true;
        RexNode comparison = comparison(query);
        return negated
                ? builder.makeCall(
                        SqlStdOperatorTable.NOT,
                        exists(query, builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, comparison)))
                : exists(query, comparison);
    }

    private RexNode value(RexNode node) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                return isQuantified(query) || isCorrelated(query) ? value(query) : query;
            }
        });
    }

    private RexNode value(RexSubQuery query) {
        found = true;
        RexNode comparison = comparison(query);
        RexNode isTrue = exists(query, comparison);
        // Validation takes a scalar subquery of what is never NULL for never NULL, which it is without rows.
        if (!comparison.getType().isNullable()) {
            return isTrue;
        }
        return builder.makeCall(
                SqlStdOperatorTable.CASE,
                isTrue,
                builder.makeLiteral(true),
                exists(query, builder.makeCall(SqlStdOperatorTable.IS_NULL, comparison)),
                builder.makeNullLiteral(comparison.getType()),
                builder.makeLiteral(false));
    }

    private static boolean isQuantified(RexSubQuery query) {
        boolean rows = query.getKind() == SqlKind.IN
                && query.getOperands().size() > 1
                && (query.getOperands().stream()
                                .anyMatch(operand -> operand.getType().isNullable())
                        || query.rel.getRowType().getFieldList().stream()
                                .anyMatch(field -> field.getType().isNullable()));
        return (rows || query.getKind() == SqlKind.SOME)
                && query.getOperands().stream().noneMatch(Correlations::hasSubQuery);
    }

    /** Calcite's rule for IN among other values mistakes columns if the query refers to the outer row. */
    private boolean isCorrelated(RexSubQuery query) {
        return query.getKind() == SqlKind.IN
                && variables.stream().anyMatch(variable -> Correlations.uses(query.rel, variable))
                && query.getOperands().stream().noneMatch(Correlations::hasSubQuery);
    }

    private static RexNode exists(RexSubQuery query, RexNode test) {
        return RexSubQuery.exists(LogicalFilter.create(query.rel, test));
    }

    /** Of the outer values with a row of the subquery. */
    private RexNode comparison(RexSubQuery query) {
        SqlOperator operator = query.op instanceof SqlQuantifyOperator quantified && query.getKind() == SqlKind.SOME
                ? operator(quantified.comparisonKind)
                : SqlStdOperatorTable.EQUALS;
        List<RexNode> parts = new ArrayList<>();
        for (int i = 0; i < query.getOperands().size(); i++) {
            parts.add(
                    builder.makeCall(operator, outer(query.getOperands().get(i)), builder.makeInputRef(query.rel, i)));
        }
        return RexUtil.composeConjunction(builder, parts);
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

    /** The value, as seen from within the subquery. */
    private RexNode outer(RexNode operand) {
        return operand.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                refersToOuter = true;
                return builder.makeFieldAccess(builder.makeCorrel(input.getRowType(), id), ref.getIndex());
            }
        });
    }
}
