package io.kadedb.executor.operator;

import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A join as its operators see it, whether by hash or by nested loops, which is a join without keys.
 *
 * @param keyFields types of the keys; nullable if a key of either side is
 * @param condition what pairs of equal keys must also meet, over left then right columns
 */
record JoinSpec(
        String name,
        JoinType type,
        List<Field> leftFields,
        List<Field> rightFields,
        int[] leftKeys,
        int[] rightKeys,
        List<Field> keyFields,
        Optional<Expr> condition,
        boolean nullsEqual) {
    static JoinSpec of(PhysicalPlan.HashJoin join) {
        return of(
                "HashJoin",
                join.type(),
                join.left().output(),
                join.leftKeys(),
                join.right().output(),
                join.rightKeys(),
                join.residual(),
                join.nullsEqual());
    }

    static JoinSpec of(PhysicalPlan.AsofJoin join) {
        return of(
                "AsofJoin",
                join.type(),
                join.left().output(),
                join.leftKeys(),
                join.right().output(),
                join.rightKeys(),
                Optional.empty(),
                false);
    }

    private static JoinSpec of(
            String name,
            JoinType type,
            List<Field> left,
            List<Integer> leftKeys,
            List<Field> right,
            List<Integer> rightKeys,
            Optional<Expr> condition,
            boolean nullsEqual) {
        return new JoinSpec(
                name,
                type,
                left,
                right,
                ints(leftKeys),
                ints(rightKeys),
                keyFields(left, leftKeys, right, rightKeys),
                condition,
                nullsEqual);
    }

    private static List<Field> keyFields(
            List<Field> left, List<Integer> leftKeys, List<Field> right, List<Integer> rightKeys) {
        List<Field> keys = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            Field l = left.get(leftKeys.get(i));
            Field r = right.get(rightKeys.get(i));
            keys.add(new Field(r.name(), r.type(), l.nullable() || r.nullable()));
        }
        return keys;
    }

    static JoinSpec of(PhysicalPlan.NestedLoopJoin join) {
        return new JoinSpec(
                "NestedLoopJoin",
                join.type(),
                join.left().output(),
                join.right().output(),
                new int[0],
                new int[0],
                List.of(),
                join.condition(),
                false);
    }

    /** The inner join with the sides exchanged; the condition still reads the columns in the old order. */
    @SuppressWarnings("ArgumentSelectionDefectChecker") // exchanging the sides is what it is for
    JoinSpec mirrored() {
        return new JoinSpec(
                name, JoinType.INNER, rightFields, leftFields, rightKeys, leftKeys, keyFields, condition, nullsEqual);
    }

    static int[] ints(List<Integer> ordinals) {
        return ordinals.stream().mapToInt(Integer::intValue).toArray();
    }

    boolean hasKeys() {
        return leftKeys.length > 0;
    }

    /** Whether right rows without a partner are in the output. */
    boolean keepsRight() {
        return type == JoinType.RIGHT || type == JoinType.FULL;
    }

    /** Whether left rows without a partner are in the output, extended by NULLs. */
    boolean keepsLeft() {
        return type == JoinType.LEFT || type == JoinType.FULL;
    }
}
