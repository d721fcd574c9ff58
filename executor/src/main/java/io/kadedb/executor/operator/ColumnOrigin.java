package io.kadedb.executor.operator;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import org.jspecify.annotations.Nullable;

/**
 * The scan a column of a plan comes from unchanged, where leaving out rows of the scan by that column leaves out no
 * others of the plan.
 *
 * @param column of the scan
 * @param direct whether there are neither joins nor aggregates between
 */
record ColumnOrigin(PhysicalPlan.TableScan scan, int column, boolean direct) {
    /** The table's ordinal, negative for the row's id. */
    int ordinal() {
        return scan.columns().get(column);
    }

    private static @Nullable ColumnOrigin beyond(@Nullable ColumnOrigin origin) {
        return origin == null ? null : new ColumnOrigin(origin.scan, origin.column, false);
    }

    static @Nullable ColumnOrigin of(PhysicalPlan plan, int column) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan -> new ColumnOrigin(scan, column, true);
            case PhysicalPlan.Filter filter -> of(filter.input(), column);
            case PhysicalPlan.Project project ->
                project.expressions().get(column) instanceof Expr.Column input
                        ? of(project.input(), input.index())
                        : null;
            case PhysicalPlan.Aggregate aggregate ->
                column < aggregate.keys().size()
                        ? beyond(of(aggregate.input(), aggregate.keys().get(column)))
                        : null;
            case PhysicalPlan.HashJoin join -> ofJoin(join.left(), join.right(), join.type(), column);
            case PhysicalPlan.NestedLoopJoin join -> ofJoin(join.left(), join.right(), join.type(), column);
            case PhysicalPlan.AsofJoin join ->
                column < join.left().output().size() ? ofJoin(join.left(), join.right(), join.type(), column) : null;
            case PhysicalPlan.GapFill fill -> null;
            case PhysicalPlan.KeyLookup lookup -> null;
            case PhysicalPlan.TermScan scan -> null;
            case PhysicalPlan.KeyRangeScan range -> null;
            case PhysicalPlan.FileScan scan -> null;
            case PhysicalPlan.Values values -> null;
            case PhysicalPlan.Apply apply -> null;
            case PhysicalPlan.GroupingSets sets -> null;
            case PhysicalPlan.Window window -> null;
            case PhysicalPlan.FunctionScan scan -> null;
            case PhysicalPlan.RecursiveUnion union -> null;
            case PhysicalPlan.SharedRows shared -> null;
            case PhysicalPlan.WorkingTable table -> null;
            case PhysicalPlan.WithChanges with -> null;
            case PhysicalPlan.Sort sort -> null;
            case PhysicalPlan.Limit limit -> null;
            case PhysicalPlan.LockRows lock -> null;
            case PhysicalPlan.UnionAll union -> null;
            case PhysicalPlan.PathSearch search -> null;
            case PhysicalPlan.GraphAlgorithm algorithm -> null;
            case PhysicalPlan.Check check -> null;
            case PhysicalPlan.SetOperation operation -> null;
            case PhysicalPlan.KeyJoin join ->
                column < join.input().output().size() ? beyond(of(join.input(), column)) : null;
            case PhysicalPlan.Modify modify -> null;
        };
    }

    private static @Nullable ColumnOrigin ofJoin(PhysicalPlan left, PhysicalPlan right, JoinType type, int column) {
        int width = left.output().size();
        if (column < width) {
            return type == JoinType.RIGHT || type == JoinType.FULL ? null : beyond(of(left, column));
        }
        return type == JoinType.INNER || type == JoinType.RIGHT ? beyond(of(right, column - width)) : null;
    }
}
