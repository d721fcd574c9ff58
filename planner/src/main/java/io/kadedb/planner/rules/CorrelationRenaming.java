package io.kadedb.planner.rules;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Lets expressions, and the subqueries within, refer to an outer row by another variable and to another row. */
final class CorrelationRenaming extends RexShuttle {
    private final CorrelationId from;
    private final CorrelationId to;
    private final RelNode row;
    private final int shift;
    private final RexBuilder builder;

    /**
     * @param row the outer row from now on
     * @param shift what the number of a column is less in it
     */
    CorrelationRenaming(CorrelationId from, CorrelationId to, RelNode row, int shift) {
        this.from = from;
        this.to = to;
        this.row = row;
        this.shift = shift;
        this.builder = row.getCluster().getRexBuilder();
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable variable && variable.id.equals(from)
                ? builder.makeFieldAccess(
                        builder.makeCorrel(row.getRowType(), to),
                        access.getField().getIndex() - shift)
                : super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
        return visited.clone(inner(visited.rel));
    }

    private RelNode inner(RelNode rel) {
        List<RelNode> inputs = rel.getInputs().stream().map(this::inner).toList();
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return copy.accept(this);
    }
}
