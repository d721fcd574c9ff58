package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * A query from which everything that depends on the outer row has been pulled out. For an outer row the query gives, for
 * each row of {@code rel} for which all predicates are true, the row of the outputs. If it is scalar, at most one row of
 * {@code rel} has true predicates, and the query gives one row even if none has: then the columns of {@code rel} are NULL
 * in the outputs. It gives that row only if all of {@code kept} are true.
 *
 * <p>Outputs and conditions are over the columns of {@code rel}, and refer to the outer row by its variable.
 *
 * @param rel does not refer to the outer row
 */
record PulledQuery(
        CorrelationId id,
        RelNode rel,
        List<RexNode> outputs,
        List<RexNode> predicates,
        boolean scalar,
        List<RexNode> kept) {

    /** The query, if it has one of the forms for which this is known to be right. */
    static Optional<PulledQuery> of(RelNode rel, CorrelationId id) {
        if (!Correlations.uses(rel, id)) {
            return Optional.of(new PulledQuery(
                    id, rel, builder(rel).identityProjects(rel.getRowType()), List.of(), false, List.of()));
        }
        return switch (rel) {
            case Filter filter
            when filter.getVariablesSet().isEmpty() ->
                of(filter.getInput(), id).map(input -> input.filtered(filter.getCondition()));
            case Project project
            when !project.containsOver() && project.getVariablesSet().isEmpty() ->
                of(project.getInput(), id).map(input -> input.with(input.over(project.getProjects())));
            case Join join -> join(join, id);
            case Aggregate aggregate
            when aggregate.getGroupType() == Aggregate.Group.SIMPLE ->
                of(aggregate.getInput(), id).flatMap(input -> PulledAggregate.of(aggregate, input));
            default -> Optional.empty();
        };
    }

    private static RexBuilder builder(RelNode rel) {
        return rel.getCluster().getRexBuilder();
    }

    RexBuilder builder() {
        return builder(rel);
    }

    private PulledQuery with(List<RexNode> others) {
        return new PulledQuery(id, rel, others, predicates, scalar, kept);
    }

    /** The expressions over the query's columns, as they are over those of {@code rel}. */
    private List<RexNode> over(List<RexNode> expressions) {
        InputReferences references = new InputReferences(outputs::get);
        return expressions.stream().map(node -> node.accept(references)).toList();
    }

    boolean isOuter(RexNode node) {
        return Correlations.uses(node, id);
    }

    private PulledQuery filtered(RexNode condition) {
        List<RexNode> own = new ArrayList<>();
        List<RexNode> outer = new ArrayList<>();
        for (RexNode conjunct : over(RelOptUtil.conjunctions(condition))) {
            (isOuter(conjunct) || scalar ? outer : own).add(conjunct);
        }
        if (scalar) {
            return new PulledQuery(id, rel, outputs, predicates, true, concat(kept, outer));
        }
        RelNode filtered = own.isEmpty() ? rel : LogicalFilter.create(rel, RexUtil.composeConjunction(builder(), own));
        return new PulledQuery(id, filtered, outputs, concat(predicates, outer), false, List.of());
    }

    static List<RexNode> concat(List<RexNode> first, List<RexNode> second) {
        List<RexNode> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static Optional<PulledQuery> join(Join join, CorrelationId id) {
        JoinRelType type = join.getJoinType();
        PulledQuery left = of(join.getLeft(), id).orElse(null);
        PulledQuery right = of(join.getRight(), id).orElse(null);
        if (left == null
                || right == null
                || left.scalar
                || right.scalar
                || !join.getVariablesSet().isEmpty()) {
            return Optional.empty();
        }
        int shift = left.rel.getRowType().getFieldCount();
        List<RexNode> outputs = concat(left.outputs, shifted(right.outputs, shift));
        InputReferences references = new InputReferences(outputs::get);
        List<RexNode> own = new ArrayList<>();
        List<RexNode> outer = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            RexNode condition = conjunct.accept(references);
            (left.isOuter(condition) ? outer : own).add(condition);
        }
        RexNode condition = RexUtil.composeConjunction(left.builder(), own);
        RelNode joined = LogicalJoin.create(left.rel, right.rel, List.of(), condition, Set.of(), type);
        return switch (type) {
            case INNER ->
                Optional.of(new PulledQuery(
                        id,
                        joined,
                        outputs,
                        concat(concat(left.predicates, shifted(right.predicates, shift)), outer),
                        false,
                        List.of()));
            // Which rows of the right side there are must not depend on the outer row.
            case LEFT, SEMI, ANTI -> {
                boolean depends = !outer.isEmpty() || Correlations.uses(join.getRight(), id);
                List<RexNode> given = type == JoinRelType.LEFT ? nullable(outputs, joined) : left.outputs;
                yield depends
                        ? Optional.empty()
                        : Optional.of(new PulledQuery(id, joined, given, left.predicates, false, List.of()));
            }
            case RIGHT -> {
                boolean depends = !outer.isEmpty() || Correlations.uses(join.getLeft(), id);
                yield depends
                        ? Optional.empty()
                        : Optional.of(new PulledQuery(
                                id,
                                joined,
                                nullable(outputs, joined),
                                shifted(right.predicates, shift),
                                false,
                                List.of()));
            }
            default -> Optional.empty();
        };
    }

    private static List<RexNode> nullable(List<RexNode> outputs, RelNode joined) {
        InputReferences references =
                new InputReferences(column -> builder(joined).makeInputRef(joined, column));
        return outputs.stream().map(node -> node.accept(references)).toList();
    }

    private static List<RexNode> shifted(List<RexNode> nodes, int shift) {
        return nodes.stream().map(node -> RexUtil.shift(node, shift)).toList();
    }

    /** The same with outputs that are NULL where the columns of {@code rel} are: where an outer join finds no row. */
    PulledQuery withNullableOutputs() {
        if (outputs.stream().allMatch(RexInputRef.class::isInstance)) {
            return this;
        }
        List<RexNode> columns = new ArrayList<>(builder().identityProjects(rel.getRowType()));
        List<String> names = new ArrayList<>(rel.getRowType().getFieldNames());
        int found = columns.size();
        columns.add(builder().makeLiteral(true));
        names.add("$found");
        List<Integer> places = new ArrayList<>();
        for (RexNode output : outputs) {
            places.add(isOuter(output) ? -1 : output instanceof RexInputRef ref ? ref.getIndex() : columns.size());
            if (places.getLast() == columns.size()) {
                columns.add(output);
                names.add("$output" + columns.size());
            }
        }
        RelNode below = LogicalProject.create(rel, List.of(), columns, names, Set.of());
        RexNode isFound =
                builder().makeCall(SqlStdOperatorTable.IS_NOT_NULL, builder().makeInputRef(below, found));
        List<RexNode> nullable = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            RexNode output = outputs.get(i);
            nullable.add(
                    places.get(i) >= 0
                            ? builder().makeInputRef(below, places.get(i))
                            : builder()
                                    .makeCall(
                                            SqlStdOperatorTable.CASE,
                                            isFound,
                                            output,
                                            builder().makeNullLiteral(output.getType())));
        }
        return new PulledQuery(id, below, nullable, predicates, scalar, kept);
    }
}
