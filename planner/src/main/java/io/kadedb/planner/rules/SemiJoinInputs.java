package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Gives semi and anti joins inputs whose columns stay where they are: Calcite's decorrelation adds columns to what has
 * been a Correlate, and does not tell the conditions of these joins; a projection of all columns keeps the others out.
 */
final class SemiJoinInputs {
    private SemiJoinInputs() {}

    static RelNode rewrite(RelNode rel) {
        boolean filters = rel instanceof Join join && !join.getJoinType().projectsRight();
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            RelNode rewritten = rewrite(input);
            inputs.add(filters && Correlations.hasCorrelate(rewritten) ? projected(rewritten) : rewritten);
        }
        return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    }

    private static RelNode projected(RelNode rel) {
        List<RexNode> columns = new ArrayList<>();
        rel.getRowType()
                .getFieldList()
                .forEach(field -> columns.add(new RexInputRef(field.getIndex(), field.getType())));
        return LogicalProject.create(rel, List.of(), columns, rel.getRowType().getFieldNames(), java.util.Set.of());
    }
}
