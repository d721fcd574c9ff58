package io.kadedb.executor.reference;

import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Joins, by looking at every pair of rows. */
final class Joins {
    private Joins() {}

    static List<@Nullable Object> concat(List<@Nullable Object> left, List<? extends @Nullable Object> right) {
        List<@Nullable Object> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    static List<List<@Nullable Object>> hash(
            PhysicalPlan.HashJoin join,
            List<List<@Nullable Object>> left,
            List<List<@Nullable Object>> right,
            ExprEvaluator expressions) {
        return pairs(join, join.type(), left, right, (l, r) -> {
            // The residual says which right rows there are for a left one: NULL counts as false.
            if (join.residual().isPresent()
                    && !expressions.isTrue(join.residual().get(), concat(l, r))) {
                return false;
            }
            Boolean all = true;
            for (int i = 0; i < join.leftKeys().size(); i++) {
                Object a = l.get(join.leftKeys().get(i));
                Object b = r.get(join.rightKeys().get(i));
                all = and(all, join.nullsEqual() ? (Boolean) ValueOrder.same(a, b) : equal(a, b));
            }
            return all;
        });
    }

    static List<List<@Nullable Object>> loop(
            PhysicalPlan.NestedLoopJoin join,
            List<List<@Nullable Object>> left,
            List<List<@Nullable Object>> right,
            ExprEvaluator expressions) {
        return pairs(join, join.type(), left, right, (l, r) -> {
            if (join.condition().isEmpty()) {
                return true;
            }
            return (Boolean) expressions.value(join.condition().get(), concat(l, r));
        });
    }

    /** The nearest row first: no row that matches is nearer. */
    static List<List<@Nullable Object>> asof(
            PhysicalPlan.AsofJoin join, List<List<@Nullable Object>> left, List<List<@Nullable Object>> right) {
        return pairs(join, join.type(), left, right, (l, r) -> isMatch(join, l, r) && !isNearerThan(r, join, l, right));
    }

    /** Whether one of many matches nearer than a row that matches. */
    private static boolean isNearerThan(
            List<@Nullable Object> row,
            PhysicalPlan.AsofJoin join,
            List<@Nullable Object> left,
            List<List<@Nullable Object>> right) {
        boolean latest = join.comparison() == ScalarFunction.GE || join.comparison() == ScalarFunction.GT;
        Object time = Objects.requireNonNull(row.get(join.rightTime()));
        for (List<@Nullable Object> other : right) {
            if (isMatch(join, left, other)) {
                int order = ValueOrder.compare(Objects.requireNonNull(other.get(join.rightTime())), time);
                if (latest ? order > 0 : order < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isMatch(
            PhysicalPlan.AsofJoin join, List<@Nullable Object> left, List<@Nullable Object> right) {
        for (int i = 0; i < join.leftKeys().size(); i++) {
            Object a = left.get(join.leftKeys().get(i));
            Object b = right.get(join.rightKeys().get(i));
            if (!Boolean.TRUE.equals(equal(a, b))) {
                return false;
            }
        }
        Object a = left.get(join.leftTime());
        Object b = right.get(join.rightTime());
        if (a == null || b == null) {
            return false;
        }
        int order = ValueOrder.compare(a, b);
        return switch (join.comparison()) {
            case GE -> order >= 0;
            case GT -> order > 0;
            case LE -> order <= 0;
            case LT -> order < 0;
            default -> throw new IllegalArgumentException(join.toString());
        };
    }

    private static @Nullable Boolean equal(@Nullable Object a, @Nullable Object b) {
        return (a == null || b == null) ? null : (Boolean) (ValueOrder.compare(a, b) == 0);
    }

    private static @Nullable Boolean and(@Nullable Boolean a, @Nullable Boolean b) {
        if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
            return false;
        }
        return (a == null || b == null) ? null : (Boolean) true;
    }

    private static List<List<@Nullable Object>> pairs(
            PhysicalPlan join,
            JoinType type,
            List<List<@Nullable Object>> left,
            List<List<@Nullable Object>> right,
            BiFunction<List<@Nullable Object>, List<@Nullable Object>, @Nullable Boolean> condition) {
        TooMuch.check((long) left.size() * right.size());
        List<List<@Nullable Object>> out = new ArrayList<>();
        boolean[] rightMatched = new boolean[right.size()];
        for (List<@Nullable Object> l : left) {
            boolean matched = false;
            boolean unknown = false;
            for (int r = 0; r < right.size(); r++) {
                Boolean matches = condition.apply(l, right.get(r));
                unknown |= matches == null;
                if (Boolean.TRUE.equals(matches)) {
                    matched = true;
                    rightMatched[r] = true;
                    if (!type.leftOnly()) {
                        out.add(concat(l, right.get(r)));
                    }
                }
            }
            boolean kept = switch (type) {
                case SEMI -> matched;
                case ANTI -> !matched;
                case NULL_AWARE_ANTI -> !matched && !unknown;
                case LEFT, FULL -> !matched;
                case INNER, RIGHT -> false;
            };
            if (kept) {
                out.add(
                        type.leftOnly()
                                ? l
                                : concat(l, Collections.nCopies(join.output().size() - l.size(), null)));
            }
        }
        if (type == JoinType.RIGHT || type == JoinType.FULL) {
            for (int r = 0; r < right.size(); r++) {
                if (!rightMatched[r]) {
                    int width = join.output().size() - right.get(r).size();
                    out.add(concat(Collections.<@Nullable Object>nCopies(width, null), right.get(r)));
                }
            }
        }
        return out;
    }
}
