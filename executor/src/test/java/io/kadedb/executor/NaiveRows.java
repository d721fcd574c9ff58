package io.kadedb.executor;

import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What plans should give, a row at a time. */
final class NaiveRows {
    private NaiveRows() {}

    /**
     * A join.
     *
     * @param keys columns of both sides
     */
    static List<List<@Nullable Object>> join(
            List<List<@Nullable Object>> left,
            List<List<@Nullable Object>> right,
            JoinType type,
            int[] keys,
            boolean nullsEqual,
            BiPredicate<List<@Nullable Object>, List<@Nullable Object>> residual,
            int leftWidth,
            int rightWidth) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        boolean[] rightMatched = new boolean[right.size()];
        for (List<@Nullable Object> l : left) {
            boolean matched = false;
            boolean unknown = false;
            for (int r = 0; r < right.size(); r++) {
                if (!residual.test(l, right.get(r))) {
                    continue;
                }
                boolean equal = true;
                for (int key : keys) {
                    Object a = l.get(key);
                    Object b = right.get(r).get(key);
                    unknown |= a == null || b == null;
                    equal &= Objects.equals(a, b) && (nullsEqual || a != null);
                }
                if (equal) {
                    matched = true;
                    rightMatched[r] = true;
                    if (!type.leftOnly()) {
                        List<@Nullable Object> both = new ArrayList<>(l);
                        both.addAll(right.get(r));
                        out.add(both);
                    }
                }
            }
            switch (type) {
                case SEMI -> addIf(matched, l, out);
                case ANTI -> addIf(!matched, l, out);
                case NULL_AWARE_ANTI -> addIf(!matched && !unknown, l, out);
                case LEFT, FULL -> {
                    List<@Nullable Object> extended = new ArrayList<>(l);
                    extended.addAll(Collections.<@Nullable Object>nCopies(rightWidth, null));
                    addIf(!matched, extended, out);
                }
                case INNER, RIGHT -> {}
            }
        }
        if (type == JoinType.RIGHT || type == JoinType.FULL) {
            for (int r = 0; r < right.size(); r++) {
                List<@Nullable Object> extended =
                        new ArrayList<@Nullable Object>(Collections.<@Nullable Object>nCopies(leftWidth, null));
                extended.addAll(right.get(r));
                addIf(!rightMatched[r], extended, out);
            }
        }
        return out;
    }

    private static void addIf(boolean condition, List<@Nullable Object> row, List<List<@Nullable Object>> out) {
        if (condition) {
            out.add(row);
        }
    }
}
