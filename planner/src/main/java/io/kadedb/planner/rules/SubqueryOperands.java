package io.kadedb.planner.rules;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Computes operands of IN that hold subqueries themselves in a projection below: Calcite's rules, given both at once, lose
 * that the inner one refers to the outer row. Likewise renames columns that {@code <> ANY} would mistake for its own.
 */
final class SubqueryOperands {
    /** What Calcite's rule for {@code <> ANY} calls its own columns, which it finds by name among the outer ones. */
    private static final Set<String> NAMES = Set.of("c", "d", "dd", "m", "ck", "i", "ct", "q", "trueLiteral");

    private final RelNode input;
    private final RexBuilder builder;
    private final List<RexNode> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private boolean renamed;

    private SubqueryOperands(RelNode input) {
        this.input = input;
        this.builder = input.getCluster().getRexBuilder();
        input.getRowType().getFieldList().forEach(field -> {
            columns.add(builder.makeInputRef(input, field.getIndex()));
            names.add(field.getName());
        });
    }

    /** The node without subqueries in operands of its expressions' subqueries. */
    static RelNode rewrite(RelNode rel) {
        return switch (rel) {
            case Filter filter -> new SubqueryOperands(filter.getInput()).filter(filter);
            case Project project -> new SubqueryOperands(project.getInput()).project(project);
            default -> rel;
        };
    }

    private RelNode filter(Filter filter) {
        RexNode condition = moved(filter.getCondition());
        if (isUnchanged()) {
            return filter;
        }
        List<String> original = input.getRowType().getFieldNames();
        RelNode below = below(filter.getVariablesSet());
        RelNode filtered = LogicalFilter.create(
                below, over(condition, below, filter.getVariablesSet()), ImmutableSet.copyOf(filter.getVariablesSet()));
        int width = input.getRowType().getFieldCount();
        return LogicalProject.create(filtered, List.of(), columns.subList(0, width), original, Set.of());
    }

    private RelNode project(Project project) {
        List<RexNode> items = project.getProjects().stream().map(this::moved).toList();
        if (isUnchanged()) {
            return project;
        }
        RelNode below = below(project.getVariablesSet());
        return LogicalProject.create(
                below,
                project.getHints(),
                items.stream()
                        .map(item -> over(item, below, project.getVariablesSet()))
                        .toList(),
                project.getRowType().getFieldNames(),
                project.getVariablesSet());
    }

    private boolean isUnchanged() {
        return !renamed && columns.size() == input.getRowType().getFieldCount();
    }

    private RexNode moved(RexNode node) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                renamed |= query.getKind() == SqlKind.SOME
                        && input.getRowType().getFieldNames().stream().anyMatch(NAMES::contains);
                if (query.getOperands().stream().noneMatch(Correlations::hasSubQuery)) {
                    return query;
                }
                List<RexNode> operands = new ArrayList<>();
                for (RexNode operand : query.getOperands()) {
                    operands.add(Correlations.hasSubQuery(operand) ? column(operand) : operand);
                }
                return query.clone(query.getType(), operands);
            }
        });
    }

    private RexNode column(RexNode operand) {
        columns.add(operand);
        names.add("$operand" + columns.size());
        return new RexInputRef(columns.size() - 1, operand.getType());
    }

    /** The projection, whose subqueries refer to the outer row by a variable of their own. */
    private RelNode below(Set<CorrelationId> variables) {
        List<RexNode> items = new ArrayList<>(columns);
        Set<CorrelationId> used = new LinkedHashSet<>();
        for (CorrelationId id : variables) {
            CorrelationId own = input.getCluster().createCorrel();
            items.replaceAll(item -> renamed(item, id, own, input));
            used.add(own);
        }
        if (renamed) {
            names.replaceAll(name -> "$" + name);
        }
        return SubqueryOperands.rewrite(LogicalProject.create(input, List.of(), items, names, used));
    }

    private RexNode over(RexNode node, RelNode below, Set<CorrelationId> variables) {
        RexNode result = node;
        for (CorrelationId id : variables) {
            result = renamed(result, id, id, below);
        }
        return result;
    }

    private RexNode renamed(RexNode node, CorrelationId from, CorrelationId to, RelNode row) {
        return node.accept(new CorrelationRenaming(from, to, row, 0));
    }
}
