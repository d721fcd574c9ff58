package io.kadedb.planner.lower;

import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A plan and where it has a relation's columns: at {@code at[i]} column i, or -1 when it was not needed.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the array is not shared
record Lowered(PhysicalPlan plan, int[] at) {
    static Lowered identity(PhysicalPlan plan) {
        int[] at = new int[plan.output().size()];
        Arrays.setAll(at, i -> i);
        return new Lowered(plan, at);
    }

    /** A reference to a column of the relation. */
    Expr.Column column(int index) {
        int place = place(index);
        Field field = plan.output().get(place);
        return new Expr.Column(place, field.type(), field.nullable());
    }

    int place(int index) {
        assert at[index] >= 0 : "column " + index + " was pruned of " + plan;
        return at[index];
    }

    List<Integer> places(Iterable<Integer> indexes) {
        List<Integer> places = new ArrayList<>();
        indexes.forEach(index -> places.add(place(index)));
        return places;
    }

    /** The same with another plan that has the same columns. */
    Lowered with(PhysicalPlan other) {
        return new Lowered(other, at);
    }

    /** Only the columns needed, by a projection if there are others. */
    Lowered pruned(ImmutableBitSet needed) {
        if (plan.output().size() <= needed.cardinality()) {
            return this;
        }
        return arranged(needed.asList(), at.length);
    }

    /** The columns in a given order. */
    Lowered arranged(List<Integer> order, int fieldCount) {
        int[] newAt = new int[fieldCount];
        Arrays.fill(newAt, -1);
        List<Expr> expressions = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int index : order) {
            newAt[index] = expressions.size();
            expressions.add(column(index));
            output.add(plan.output().get(place(index)));
        }
        return new Lowered(Projections.project(plan, expressions, output), newAt);
    }
}
