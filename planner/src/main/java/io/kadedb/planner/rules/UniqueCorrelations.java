package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Gives each Correlate a variable of its own. Several subqueries of one expression start with the same one, and Calcite's
 * decorrelation, which knows a Correlate by its variable, then loses conditions.
 */
final class UniqueCorrelations {
    private UniqueCorrelations() {}

    static RelNode rewrite(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(rewrite(input));
        }
        if (rel instanceof Correlate correlate) {
            return renamed(correlate, inputs.get(0), inputs.get(1));
        }
        return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    }

    /** Correlates within the right side have their own variables by now: what is left of the old one is this one's. */
    private static RelNode renamed(Correlate correlate, RelNode left, RelNode right) {
        CorrelationId id = correlate.getCluster().createCorrel();
        return LogicalCorrelate.create(
                left,
                replaced(right, correlate.getCorrelationId(), id, left),
                correlate.getHints(),
                id,
                correlate.getRequiredColumns(),
                correlate.getJoinType());
    }

    private static RelNode replaced(RelNode rel, CorrelationId from, CorrelationId to, RelNode outer) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(replaced(input, from, to, outer));
        }
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        RexBuilder builder = rel.getCluster().getRexBuilder();
        return copy.accept(new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                return variable.id.equals(from) ? builder.makeCorrel(variable.getType(), to) : variable;
            }
        });
    }
}
