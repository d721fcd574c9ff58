package io.kadedb.executor.operator;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import org.jspecify.annotations.Nullable;

/**
 * The scan a column of a plan comes from unchanged, where leaving out rows of the scan by that column leaves out no
 * others of the plan.
 *
 * @param ordinal of the table's column
 */
record ColumnOrigin(PhysicalPlan.TableScan scan, int ordinal) {
    static @Nullable ColumnOrigin of(PhysicalPlan plan, int column) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan ->
                new ColumnOrigin(scan, scan.columns().get(column));
            case PhysicalPlan.Filter filter -> of(filter.input(), column);
            case PhysicalPlan.Project project ->
                project.expressions().get(column) instanceof Expr.Column input
                        ? of(project.input(), input.index())
                        : null;
            case PhysicalPlan.Aggregate aggregate ->
                column < aggregate.keys().size()
                        ? of(aggregate.input(), aggregate.keys().get(column))
                        : null;
            case PhysicalPlan.HashJoin join -> ofJoin(join.left(), join.right(), join.type(), column);
            case PhysicalPlan.NestedLoopJoin join -> ofJoin(join.left(), join.right(), join.type(), column);
            case PhysicalPlan.KeyLookup lookup -> null;
            case PhysicalPlan.FileScan scan -> null;
            case PhysicalPlan.Values values -> null;
            case PhysicalPlan.Apply apply -> null;
            case PhysicalPlan.Sort sort -> null;
            case PhysicalPlan.Limit limit -> null;
            case PhysicalPlan.UnionAll union -> null;
            case PhysicalPlan.SetOperation operation -> null;
            case PhysicalPlan.Modify modify -> null;
        };
    }

    private static @Nullable ColumnOrigin ofJoin(PhysicalPlan left, PhysicalPlan right, JoinType type, int column) {
        int width = left.output().size();
        if (column < width) {
            return type == JoinType.RIGHT || type == JoinType.FULL ? null : of(left, column);
        }
        return type == JoinType.INNER || type == JoinType.RIGHT ? of(right, column - width) : null;
    }
}
