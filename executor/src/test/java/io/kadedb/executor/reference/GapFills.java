package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan.GapFill;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gap filling of integers by looking, for each bucket of the range, at all rows of the group. */
final class GapFills {
    private final GapFill plan;

    private GapFills(GapFill plan) {
        this.plan = plan;
    }

    static List<List<@Nullable Object>> of(GapFill plan, List<List<@Nullable Object>> rows) {
        long width = number(plan.width());
        GapFill.Bound first = plan.starts().getFirst();
        GapFill.Bound last = plan.finishes().getFirst();
        long start = number(first.value()) + (first.inclusive() ? 0 : 1);
        long end = number(last.value()) + (last.inclusive() ? 1 : 0);
        if (start > end) {
            throw new Refusal(ErrorCode.INVALID_PARAMETER_VALUE);
        }
        List<List<List<@Nullable Object>>> groups = new ArrayList<>(Groups.groups(rows, plan.keys()));
        if (rows.isEmpty() && plan.keys().isEmpty()) {
            groups.add(List.of());
        }
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (List<List<@Nullable Object>> group : groups) {
            new GapFills(plan).fill(group, width, start, end, out);
        }
        return out;
    }

    private static long number(Expr literal) {
        return (Long) Objects.requireNonNull(((Expr.Literal) literal).value());
    }

    private void fill(
            List<List<@Nullable Object>> group, long width, long start, long end, List<List<@Nullable Object>> out) {
        for (List<@Nullable Object> row : group) {
            List<@Nullable Object> whole = new ArrayList<>(row);
            for (GapFill.Fill fill : plan.fills()) {
                Object own = row.get(fill.value());
                whole.add(own == null && fill.nullsMissing() ? carried(fill, group, time(row)) : own);
            }
            out.add(whole);
        }
        for (long bucket = Math.floorDiv(start, width) * width; bucket < end; bucket += width) {
            Long begin = bucket;
            if (group.stream().anyMatch(row -> begin.equals(row.get(plan.time())))) {
                continue;
            }
            List<@Nullable Object> added = new ArrayList<>(Collections.<@Nullable Object>nCopies(
                    plan.output().size() - plan.fills().size(), null));
            added.set(plan.time(), begin);
            plan.keys().forEach(key -> added.set(key, group.getFirst().get(key)));
            for (GapFill.Fill fill : plan.fills()) {
                added.add(
                        fill.method() == GapFill.Method.LOCF
                                ? carried(fill, group, begin)
                                : interpolated(fill, group, begin));
            }
            out.add(added);
        }
    }

    private @Nullable Long time(List<@Nullable Object> row) {
        return (Long) row.get(plan.time());
    }

    /** The value of the last row before a time; rows without a time are behind all others. */
    private @Nullable Object carried(GapFill.Fill fill, List<List<@Nullable Object>> group, @Nullable Long time) {
        List<@Nullable Object> best = null;
        for (List<@Nullable Object> row : group) {
            Long own = time(row);
            boolean counts = !fill.nullsMissing() || row.get(fill.value()) != null;
            if (counts
                    && own != null
                    && (time == null || own < time)
                    && (best == null || own > Objects.requireNonNull(time(best)))) {
                best = row;
            }
        }
        return best == null ? null : best.get(fill.value());
    }

    private @Nullable Object interpolated(GapFill.Fill fill, List<List<@Nullable Object>> group, long time) {
        List<@Nullable Object> before = null;
        List<@Nullable Object> after = null;
        for (List<@Nullable Object> row : group) {
            Long own = time(row);
            if (own != null && own < time && (before == null || own > Objects.requireNonNull(time(before)))) {
                before = row;
            }
            if (own != null && own > time && (after == null || own < Objects.requireNonNull(time(after)))) {
                after = row;
            }
        }
        if (before == null || after == null || before.get(fill.value()) == null || after.get(fill.value()) == null) {
            return null;
        }
        BigInteger x0 = BigInteger.valueOf(Objects.requireNonNull(time(before)));
        BigInteger x1 = BigInteger.valueOf(Objects.requireNonNull(time(after)));
        BigInteger x = BigInteger.valueOf(time);
        BigInteger y0 = BigInteger.valueOf((Long) Objects.requireNonNull(before.get(fill.value())));
        BigInteger y1 = BigInteger.valueOf((Long) Objects.requireNonNull(after.get(fill.value())));
        return y0.multiply(x1.subtract(x))
                .add(y1.multiply(x.subtract(x0)))
                .divide(x1.subtract(x0))
                .longValueExact();
    }
}
