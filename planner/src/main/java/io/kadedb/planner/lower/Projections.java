package io.kadedb.planner.lower;

import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Project;
import io.kadedb.planner.physical.PhysicalPlan.TableScan;
import io.kadedb.planner.physical.PhysicalPlan.Values;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes projections, folding them into what is below where that is free. */
final class Projections {
    private Projections() {}

    static PhysicalPlan project(PhysicalPlan input, List<Expr> expressions, List<Field> output) {
        if (isIdentity(input, expressions)) {
            return input;
        }
        if (input instanceof Values values
                && values.tuples().size() == 1
                && values.output().isEmpty()) {
            return new Values(List.of(List.copyOf(expressions)), output);
        }
        boolean onlyColumns = expressions.stream().allMatch(Expr.Column.class::isInstance);
        if (onlyColumns && input instanceof Project below && mayPick(below.expressions(), expressions)) {
            List<Expr> picked = new ArrayList<>();
            for (Expr expression : expressions) {
                picked.add(below.expressions().get(((Expr.Column) expression).index()));
            }
            return project(below.input(), picked, output);
        }
        if (onlyColumns
                && input instanceof Values values
                && values.tuples().stream().allMatch(tuple -> mayPick(tuple, expressions))) {
            return new Values(
                    values.tuples().stream()
                            .map(tuple -> pick(tuple, expressions))
                            .toList(),
                    output);
        }
        if (input instanceof TableScan scan && !onlyColumns) {
            ShreddedReads.Over over = ShreddedReads.projected(scan, expressions);
            return new Project(over.scan(), List.copyOf(over.expressions()), output);
        }
        return new Project(input, List.copyOf(expressions), output);
    }

    /** Whether no volatile expression would be computed twice for one row, and none with an effect not at all. */
    private static boolean mayPick(List<Expr> below, List<Expr> columns) {
        Set<Integer> seen = new HashSet<>();
        for (Expr column : columns) {
            int index = ((Expr.Column) column).index();
            if (!seen.add(index) && below.get(index).varies()) {
                return false;
            }
        }
        for (int i = 0; i < below.size(); i++) {
            if (!seen.contains(i) && below.get(i).calls(ScalarFunction::hasEffect)) {
                return false;
            }
        }
        return true;
    }

    private static List<Expr> pick(List<Expr> tuple, List<Expr> columns) {
        return columns.stream().map(c -> tuple.get(((Expr.Column) c).index())).toList();
    }

    private static boolean isIdentity(PhysicalPlan input, List<Expr> expressions) {
        if (expressions.size() != input.output().size()) {
            return false;
        }
        for (int i = 0; i < expressions.size(); i++) {
            if (!(expressions.get(i) instanceof Expr.Column column) || column.index() != i) {
                return false;
            }
        }
        return true;
    }
}
