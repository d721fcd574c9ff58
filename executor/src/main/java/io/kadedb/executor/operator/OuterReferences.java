package io.kadedb.executor.operator;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
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
        switch (plan) {
            case PhysicalPlan.TableScan scan -> scan.filter().ifPresent(this::visit);
            case PhysicalPlan.KeyLookup lookup -> {
                lookup.keys().forEach(key -> key.forEach(this::visit));
                lookup.filter().ifPresent(this::visit);
            }
            case PhysicalPlan.FileScan scan -> {}
            case PhysicalPlan.Values values -> values.tuples().forEach(tuple -> tuple.forEach(this::visit));
            case PhysicalPlan.Filter filter -> visit(filter.condition());
            case PhysicalPlan.Project project -> project.expressions().forEach(this::visit);
            case PhysicalPlan.Aggregate aggregate -> {}
            case PhysicalPlan.GroupingSets sets -> {}
            case PhysicalPlan.FunctionScan scan -> scan.args().forEach(this::visit);
            case PhysicalPlan.RecursiveUnion union -> {}
            // Its rows change from round to round.
            case PhysicalPlan.WorkingTable table -> deterministic = false;
            case PhysicalPlan.WithChanges with -> deterministic = false;
            case PhysicalPlan.Window window ->
                window.calls().forEach(call -> {
                    call.frame().start().offset().ifPresent(this::visit);
                    call.frame().end().offset().ifPresent(this::visit);
                });
            case PhysicalPlan.HashJoin join -> join.residual().ifPresent(this::visit);
            case PhysicalPlan.NestedLoopJoin join -> join.condition().ifPresent(this::visit);
            case PhysicalPlan.Apply apply -> {}
            case PhysicalPlan.Sort sort -> {
                sort.offset().ifPresent(this::visit);
                sort.fetch().ifPresent(this::visit);
            }
            case PhysicalPlan.Limit limit -> {
                limit.offset().ifPresent(this::visit);
                limit.fetch().ifPresent(this::visit);
            }
            case PhysicalPlan.LockRows lock -> deterministic = false;
            case PhysicalPlan.UnionAll union -> {}
            case PhysicalPlan.PathSearch search -> {}
            case PhysicalPlan.Check check -> {}
            case PhysicalPlan.SetOperation operation -> {}
            case PhysicalPlan.KeyJoin join -> {}
            case PhysicalPlan.Modify modify -> deterministic = false;
        }
        plan.inputs().forEach(this::visit);
    }

    private void visit(Expr expression) {
        switch (expression) {
            case Expr.OuterColumn outer -> {
                if (outer.applyId() == applyId) {
                    columns.add(outer.index());
                } else {
                    // A column of another Apply: of one within, which sets it itself, or of one around, whose change
                    // would go unnoticed.
                    deterministic = false;
                }
            }
            case Expr.Call call -> {
                deterministic &= !call.function().isVolatile();
                call.args().forEach(this::visit);
            }
            case Expr.Cast cast -> visit(cast.input());
            case Expr.Case branches -> {
                for (Expr.When when : branches.whens()) {
                    visit(when.condition());
                    visit(when.result());
                }
                visit(branches.otherwise());
            }
            case Expr.InList in -> visit(in.input());
            case Expr.Column column -> {}
            case Expr.Literal literal -> {}
            case Expr.Parameter parameter -> {}
            case Expr.SessionValue session -> {}
        }
    }
}
