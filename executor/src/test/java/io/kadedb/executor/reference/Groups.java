package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Grouping: rows whose keys are the same, NULLs included, are of one group. */
final class Groups {
    private Groups() {}

    private static List<List<List<@Nullable Object>>> groups(List<List<@Nullable Object>> rows, List<Integer> keys) {
        List<PhysicalPlan.SortKey> order = keys.stream()
                .map(key -> new PhysicalPlan.SortKey(key, false, false))
                .toList();
        TreeMap<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new TreeMap<>(ValueOrder.by(order));
        for (List<@Nullable Object> row : rows) {
            groups.computeIfAbsent(row, first -> new ArrayList<>()).add(row);
        }
        return new ArrayList<>(groups.values());
    }

    static List<List<@Nullable Object>> distinct(List<List<@Nullable Object>> rows) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; !rows.isEmpty() && i < rows.getFirst().size(); i++) {
            all.add(i);
        }
        return groups(rows, all).stream().map(List::getFirst).toList();
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
        TooMuch.check(call.distinct() ? (long) rows.size() * rows.size() / 4 : 0);
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = PlanEvaluator.picked(call.args(), row);
            if (!call.distinct() || !ValueOrder.contains(args, values)) {
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
