package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.WindowCall;
import io.kadedb.planner.physical.WindowFrame;
import io.kadedb.planner.physical.WindowFrame.Bound;
import io.kadedb.planner.physical.WindowFrame.Mode;
import io.kadedb.planner.physical.WindowFrame.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Window functions: for each row, whether each row of its partition is in its frame. */
final class Windows {
    private final PhysicalPlan.Window plan;
    private final ExprEvaluator expressions;
    private final Comparator<List<@Nullable Object>> order;

    Windows(PhysicalPlan.Window plan, ExprEvaluator expressions) {
        this.plan = plan;
        this.expressions = expressions;
        this.order = ValueOrder.by(plan.orderBy());
    }

    List<List<@Nullable Object>> rows(List<List<@Nullable Object>> input) {
        List<PhysicalPlan.SortKey> partition = plan.partitionBy().stream()
                .map(column -> new PhysicalPlan.SortKey(column, false, false))
                .toList();
        Comparator<List<@Nullable Object>> partitions = ValueOrder.by(partition);
        List<List<@Nullable Object>> sorted = new ArrayList<>(input);
        sorted.sort(partitions.thenComparing(order));
        List<List<@Nullable Object>> out = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int to = from + 1;
            while (to < sorted.size() && partitions.compare(sorted.get(from), sorted.get(to)) == 0) {
                to++;
            }
            List<List<@Nullable Object>> rows = sorted.subList(from, to);
            TooMuch.check((long) rows.size() * rows.size() * rows.size() / 4);
            for (int row = 0; row < rows.size(); row++) {
                List<@Nullable Object> longer = new ArrayList<>(rows.get(row));
                for (WindowCall call : plan.calls()) {
                    longer.add(value(call, rows, row));
                }
                out.add(longer);
            }
            from = to;
        }
        return out;
    }

    private @Nullable Object value(WindowCall call, List<List<@Nullable Object>> rows, int row) {
        return switch (call) {
            case WindowCall.Aggregated aggregated ->
                Groups.over(aggregated.call(), plan.input(), frame(call.frame(), rows, row));
            case WindowCall.Positional positional -> positional(positional, rows, row);
        };
    }

    private boolean peers(List<@Nullable Object> a, List<@Nullable Object> b) {
        return order.compare(a, b) == 0;
    }

    private long before(List<List<@Nullable Object>> rows, int row) {
        return rows.stream()
                .filter(other -> order.compare(other, rows.get(row)) < 0)
                .count();
    }

    /** How many groups of peers come before a row's. */
    private long groupsBefore(List<List<@Nullable Object>> rows, int row) {
        long groups = 0;
        for (int other = 1; other <= row; other++) {
            groups += peers(rows.get(other - 1), rows.get(other)) ? 0 : 1;
        }
        return groups;
    }

    private static @Nullable Object argument(WindowCall.Positional call, int index, List<@Nullable Object> row) {
        return row.get(call.args().get(index));
    }

    private @Nullable Object positional(WindowCall.Positional call, List<List<@Nullable Object>> rows, int row) {
        int size = rows.size();
        List<@Nullable Object> current = rows.get(row);
        return switch (call.function()) {
            case ROW_NUMBER -> row + 1L;
            case RANK -> before(rows, row) + 1;
            case DENSE_RANK -> groupsBefore(rows, row) + 1;
            case PERCENT_RANK -> size == 1 ? 0.0 : (double) before(rows, row) / (size - 1);
            case CUME_DIST ->
                (double) rows.stream()
                                .filter(other -> order.compare(other, current) <= 0)
                                .count()
                        / size;
            case NTILE -> bucket((Long) argument(call, 0, rows.getFirst()), size, row);
            case LAG -> neighbour(call, rows, row, -1);
            case LEAD -> neighbour(call, rows, row, 1);
            case FIRST_VALUE -> nth(call, frame(call.frame(), rows, row), 0);
            case LAST_VALUE -> {
                List<List<@Nullable Object>> frame = frame(call.frame(), rows, row);
                yield nth(call, frame, frame.size() - 1L);
            }
            case NTH_VALUE -> {
                Long wanted = (Long) argument(call, 1, current);
                if (wanted == null) {
                    yield null;
                }
                if (wanted <= 0) {
                    throw new Refusal(ErrorCode.INVALID_ARGUMENT_FOR_NTH_VALUE);
                }
                yield nth(call, frame(call.frame(), rows, row), wanted - 1);
            }
        };
    }

    private static @Nullable Object nth(WindowCall.Positional call, List<List<@Nullable Object>> frame, long at) {
        return at < 0 || at >= frame.size() ? null : argument(call, 0, frame.get((int) at));
    }

    /** Deals the rows out one after the other to see how many each bucket gets. */
    private static @Nullable Long bucket(@Nullable Long buckets, int size, int row) {
        if (buckets == null) {
            return null;
        }
        if (buckets <= 0) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT_FOR_NTILE);
        }
        long left = row;
        for (long bucket = 1; ; bucket++) {
            left -= size / buckets + (bucket <= size % buckets ? 1 : 0);
            if (left < 0) {
                return bucket;
            }
        }
    }

    private static @Nullable Object neighbour(
            WindowCall.Positional call, List<List<@Nullable Object>> rows, int row, int direction) {
        Long away = call.args().size() > 1 ? (Long) argument(call, 1, rows.get(row)) : (Long) 1L;
        if (away == null) {
            return null;
        }
        long target = row + direction * away;
        if (target >= 0 && target < rows.size()) {
            return argument(call, 0, rows.get((int) target));
        }
        return call.args().size() > 2 ? argument(call, 2, rows.get(row)) : null;
    }

    private List<List<@Nullable Object>> frame(WindowFrame frame, List<List<@Nullable Object>> rows, int row) {
        Object start = offset(frame.start(), frame);
        Object end = offset(frame.end(), frame);
        List<List<@Nullable Object>> inside = new ArrayList<>();
        for (int other = 0; other < rows.size(); other++) {
            boolean peer = peers(rows.get(row), rows.get(other));
            boolean excluded = switch (frame.exclusion()) {
                case NO_OTHERS -> false;
                case CURRENT_ROW -> other == row;
                case GROUP -> peer;
                case TIES -> peer && other != row;
            };
            if (!excluded
                    && notBefore(frame, frame.start(), start, rows, row, other)
                    && notAfter(frame, frame.end(), end, rows, row, other)) {
                inside.add(rows.get(other));
            }
        }
        return inside;
    }

    private @Nullable Object offset(Bound bound, WindowFrame frame) {
        Optional<Expr> offset = bound.offset();
        if (offset.isEmpty()) {
            return null;
        }
        Object value = expressions.value(offset.get(), List.of());
        if (value == null) {
            throw new Refusal(ErrorCode.NULL_VALUE_NOT_ALLOWED);
        }
        if (frame.mode() != Mode.RANGE && (Long) value < 0) {
            throw new Refusal(ErrorCode.INVALID_PRECEDING_OR_FOLLOWING_SIZE);
        }
        return value;
    }

    private boolean notBefore(
            WindowFrame frame,
            Bound bound,
            @Nullable Object offset,
            List<List<@Nullable Object>> rows,
            int row,
            int other) {
        return switch (bound.place()) {
            case UNBOUNDED_PRECEDING -> true;
            case UNBOUNDED_FOLLOWING -> false;
            default -> distance(frame, bound, offset, rows, row, other) >= 0;
        };
    }

    private boolean notAfter(
            WindowFrame frame,
            Bound bound,
            @Nullable Object offset,
            List<List<@Nullable Object>> rows,
            int row,
            int other) {
        return switch (bound.place()) {
            case UNBOUNDED_PRECEDING -> false;
            case UNBOUNDED_FOLLOWING -> true;
            default -> distance(frame, bound, offset, rows, row, other) <= 0;
        };
    }

    /** Where a row lies seen from a bound: negative before it, positive behind it. */
    private long distance(
            WindowFrame frame,
            Bound bound,
            @Nullable Object offset,
            List<List<@Nullable Object>> rows,
            int row,
            int other) {
        long sign = bound.place() == Place.PRECEDING ? -1 : 1;
        boolean moved = bound.place() != Place.CURRENT_ROW;
        return switch (frame.mode()) {
            case ROWS -> other - row - (moved ? sign * (Long) Objects.requireNonNull(offset) : 0);
            case GROUPS ->
                groupsBefore(rows, other)
                        - groupsBefore(rows, row)
                        - (moved ? sign * (Long) Objects.requireNonNull(offset) : 0);
            case RANGE ->
                moved
                        ? ranged(frame, bound, rows.get(row), rows.get(other))
                        : order.compare(rows.get(other), rows.get(row));
        };
    }

    /** By the limit that the current row names; NULLs are next to NULLs only. */
    private long ranged(WindowFrame frame, Bound bound, List<@Nullable Object> current, List<@Nullable Object> other) {
        PhysicalPlan.SortKey key = plan.orderBy().getFirst();
        return ValueOrder.compare(
                other.get(frame.key().orElseThrow()), current.get(bound.limit().orElseThrow()), key);
    }
}
