package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Hides that groups are all of one constant. Calcite's decorrelation leaves constants out of the keys of groups, and
 * without keys there is a group even of no rows: {@code x IN (..)} of an empty query would be true. Those that refer to
 * outer rows get keys by that.
 */
final class ConstantGroups {
    private ConstantGroups() {}

    static RelNode rewrite(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(rewrite(input));
        }
        if (rel instanceof Aggregate aggregate
                && inputs.getFirst() instanceof Project project
                && !aggregate.getGroupSet().isEmpty()
                && RelOptUtil.getVariablesUsed(project).isEmpty()
                && aggregate.getGroupSet().asList().stream()
                        .allMatch(key -> project.getProjects().get(key) instanceof RexLiteral)) {
            return rel.copy(rel.getTraitSet(), List.of(hidden(aggregate, project)));
        }
        return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    }

    private static RelNode hidden(Aggregate aggregate, Project project) {
        RexBuilder builder = project.getCluster().getRexBuilder();
        List<RexNode> items = new ArrayList<>(project.getProjects());
        for (int key : aggregate.getGroupSet()) {
            items.set(key, builder.makeAbstractCast(items.get(key).getType(), items.get(key), false));
        }
        return LogicalProject.create(
                project.getInput(),
                project.getHints(),
                items,
                project.getRowType().getFieldNames(),
                project.getVariablesSet());
    }
}
