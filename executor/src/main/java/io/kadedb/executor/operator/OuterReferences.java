package io.kadedb.executor.operator;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanExpressions;
import java.util.TreeSet;

/** What the right plan of an Apply depends on. */
final class OuterReferences {
    private final int applyId;
    private final TreeSet<Integer> columns = new TreeSet<>();
    private boolean deterministic = true;

    private OuterReferences(int applyId) {
        this.applyId = applyId;
    }

    static OuterReferences of(PhysicalPlan right, int applyId) {
        OuterReferences references = new OuterReferences(applyId);
        references.visit(right);
        return references;
    }

    /** The left columns it reads. */
    int[] columns() {
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether the same left columns give the same rows: no volatile functions. */
    boolean isDeterministic() {
        return deterministic;
    }

    private void visit(PhysicalPlan plan) {
        deterministic &= switch (plan) {
            // Its rows change from round to round.
            case PhysicalPlan.WorkingTable table -> false;
            case PhysicalPlan.WithChanges with -> false;
            case PhysicalPlan.LockRows lock -> false;
            case PhysicalPlan.Modify modify -> false;
            default -> true;
        };
        PlanExpressions.of(plan).forEach(this::visit);
        plan.inputs().forEach(this::visit);
    }

    private void visit(Expr expression) {
        // Columns of other Applies change nothing: one within sets its own, and one around makes this one anew for each
        // row.
        if (expression instanceof Expr.OuterColumn outer && outer.applyId() == applyId) {
            columns.add(outer.index());
        }
        deterministic &=
                !(expression instanceof Expr.Call call && call.function().isVolatile());
        expression.operands().forEach(this::visit);
    }
}
