package io.kadedb.planner.physical;

import io.kadedb.common.control.RoomyStack;
import java.util.ArrayList;
import java.util.List;

/** What a plan computes. */
public final class PlanExpressions {
    private PlanExpressions() {}

    /** The expressions of a node itself, without those of its inputs. */
    public static List<Expr> of(PhysicalPlan node) {
        List<Expr> found = new ArrayList<>();
        switch (node) {
            case PhysicalPlan.TableScan scan -> scan.filter().ifPresent(found::add);
            case PhysicalPlan.KeyLookup lookup -> {
                lookup.keys().forEach(found::addAll);
                lookup.filter().ifPresent(found::add);
            }
            case PhysicalPlan.TermScan scan -> {
                scan.condition().operands().forEach(found::add);
                found.add(scan.filter());
            }
            case PhysicalPlan.KeyRangeScan range -> {
                range.prefixes().forEach(found::addAll);
                range.lower().ifPresent(bound -> found.addAll(bound.values()));
                range.upper().ifPresent(bound -> found.addAll(bound.values()));
                range.filter().ifPresent(found::add);
            }
            case PhysicalPlan.FileScan scan -> {}
            case PhysicalPlan.Values values -> values.tuples().forEach(found::addAll);
            case PhysicalPlan.Filter filter -> found.add(filter.condition());
            case PhysicalPlan.Project project -> found.addAll(project.expressions());
            case PhysicalPlan.Aggregate aggregate -> {}
            case PhysicalPlan.GroupingSets sets -> {}
            case PhysicalPlan.FunctionScan scan -> found.addAll(scan.args());
            case PhysicalPlan.RecursiveUnion union -> {}
            case PhysicalPlan.SharedRows shared -> {}
            case PhysicalPlan.WorkingTable table -> {}
            case PhysicalPlan.WithChanges with -> {}
            case PhysicalPlan.Window window ->
                window.calls().forEach(call -> {
                    call.frame().start().offset().ifPresent(found::add);
                    call.frame().end().offset().ifPresent(found::add);
                });
            case PhysicalPlan.HashJoin join -> join.residual().ifPresent(found::add);
            case PhysicalPlan.NestedLoopJoin join -> join.condition().ifPresent(found::add);
            case PhysicalPlan.AsofJoin join -> {}
            case PhysicalPlan.GapFill fill -> {
                found.add(fill.width());
                fill.zone().ifPresent(found::add);
                fill.starts().forEach(bound -> found.add(bound.value()));
                fill.finishes().forEach(bound -> found.add(bound.value()));
            }
            case PhysicalPlan.Apply apply -> {}
            case PhysicalPlan.Sort sort -> {
                sort.offset().ifPresent(found::add);
                sort.fetch().ifPresent(found::add);
            }
            case PhysicalPlan.Limit limit -> {
                limit.offset().ifPresent(found::add);
                limit.fetch().ifPresent(found::add);
            }
            case PhysicalPlan.LockRows lock -> {
                lock.offset().ifPresent(found::add);
                lock.fetch().ifPresent(found::add);
            }
            case PhysicalPlan.UnionAll union -> {}
            case PhysicalPlan.PathSearch search -> {}
            case PhysicalPlan.GraphAlgorithm algorithm -> {}
            case PhysicalPlan.Check check -> {}
            case PhysicalPlan.SetOperation operation -> {}
            case PhysicalPlan.KeyJoin join -> {}
            case PhysicalPlan.Modify modify -> {}
        }
        return found;
    }

    /** Whether the nodes and expressions of a plan are nested so deeply that a walk of them needs {@link RoomyStack}. */
    public static boolean needRoomyStack(PhysicalPlan plan) {
        return areDeeperThan(RoomyStack.LEVELS_ON_ANY_STACK, plan);
    }

    private static boolean areDeeperThan(int levels, PhysicalPlan plan) {
        if (levels == 0) {
            return true;
        }
        for (Expr expression : of(plan)) {
            if (isDeeperThan(levels - 1, expression)) {
                return true;
            }
        }
        for (PhysicalPlan input : plan.inputs()) {
            if (areDeeperThan(levels - 1, input)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDeeperThan(int levels, Expr expression) {
        if (levels == 0) {
            return true;
        }
        for (Expr operand : expression.operands()) {
            if (isDeeperThan(levels - 1, operand)) {
                return true;
            }
        }
        return false;
    }
}
