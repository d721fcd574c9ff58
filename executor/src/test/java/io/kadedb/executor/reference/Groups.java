package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Grouping: rows whose keys are the same, NULLs included, are of one group. */
final class Groups {
    private Groups() {}

    static List<List<List<@Nullable Object>>> groups(List<List<@Nullable Object>> rows, List<Integer> keys) {
        TreeMap<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new TreeMap<>(ascending(keys));
        for (List<@Nullable Object> row : rows) {
            groups.computeIfAbsent(row, first -> new ArrayList<>()).add(row);
        }
        return new ArrayList<>(groups.values());
    }

    private static Comparator<List<@Nullable Object>> ascending(List<Integer> columns) {
        return ValueOrder.by(columns.stream()
                .map(column -> new PhysicalPlan.SortKey(column, false, false))
                .toList());
    }

    private static List<Integer> firstColumns(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    static List<List<@Nullable Object>> distinct(List<List<@Nullable Object>> rows) {
        int width = rows.isEmpty() ? 0 : rows.getFirst().size();
        return groups(rows, firstColumns(width)).stream().map(List::getFirst).toList();
    }

    static List<List<@Nullable Object>> aggregate(PhysicalPlan.Aggregate plan, List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        List<List<List<@Nullable Object>>> groups = plan.keys().isEmpty() ? List.of(rows) : groups(rows, plan.keys());
        for (List<List<@Nullable Object>> group : groups) {
            List<@Nullable Object> row =
                    plan.keys().isEmpty() ? new ArrayList<>() : PlanEvaluator.picked(plan.keys(), group.getFirst());
            plan.calls().forEach(call -> row.add(of(call, plan.input(), group)));
            out.add(row);
        }
        return out;
    }

    static List<List<@Nullable Object>> sets(PhysicalPlan.GroupingSets plan, List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (int set = 0; set < plan.sets().size(); set++) {
            List<Integer> places = plan.sets().get(set);
            List<Integer> keys = places.stream().map(plan.keys()::get).toList();
            for (List<List<@Nullable Object>> group : keys.isEmpty() ? List.of(rows) : groups(rows, keys)) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int place = 0; place < plan.keys().size(); place++) {
                    row.add(
                            places.contains(place)
                                    ? group.getFirst().get(plan.keys().get(place))
                                    : null);
                }
                row.add((long) set);
                plan.calls().forEach(call -> row.add(of(call, plan.input(), group)));
                out.add(row);
            }
        }
        return out;
    }

    /** The rows that count, as the arguments' values in the order asked for; then the function. */
    private static @Nullable Object of(AggregateCall call, PhysicalPlan input, List<List<@Nullable Object>> group) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : group) {
            if (call.filter().isEmpty()
                    || Boolean.TRUE.equals(row.get(call.filter().get()))) {
                rows.add(row);
            }
        }
        rows.sort(ValueOrder.by(call.orderBy()));
        List<List<@Nullable Object>> args = new ArrayList<>();
        Set<List<@Nullable Object>> seen =
                new TreeSet<>(ascending(firstColumns(call.args().size())));
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = PlanEvaluator.picked(call.args(), row);
            if (!call.distinct() || seen.add(values)) {
                args.add(values);
            }
        }
        return switch (call.function()) {
            case COUNT_STAR -> (long) args.size();
            case SINGLE_VALUE -> {
                if (args.size() > 1) {
                    throw new Refusal(ErrorCode.CARDINALITY_VIOLATION);
                }
                yield args.isEmpty() ? null : args.getFirst().getFirst();
            }
            default -> {
                List<io.kadedb.common.type.SqlType> types = call.args().stream()
                        .map(arg -> input.output().get(arg).type())
                        .toList();
                yield new Aggregation(call, types).of(args);
            }
        };
    }

    /** Of rows that are all counted, in their order: an aggregate over a window's frame. */
    static @Nullable Object over(AggregateCall call, PhysicalPlan input, List<List<@Nullable Object>> frame) {
        return of(call, Objects.requireNonNull(input), frame);
    }
}
