package io.kadedb.executor.reference;

import io.kadedb.planner.physical.PathSelection.Mode;
import io.kadedb.planner.physical.PathSelection.Paths;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Path searches: first the lengths that walks between two vertices have, then all paths of those wanted. */
final class Walks {
    private final PhysicalPlan.PathSearch plan;
    private final List<List<@Nullable Object>> edges;
    private long steps;

    private Walks(PhysicalPlan.PathSearch plan, List<List<@Nullable Object>> edges) {
        this.plan = plan;
        this.edges = edges;
    }

    static List<List<@Nullable Object>> of(
            PhysicalPlan.PathSearch plan,
            List<List<@Nullable Object>> left,
            List<List<@Nullable Object>> edges,
            List<List<@Nullable Object>> right) {
        Walks walks = new Walks(plan, edges);
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (List<@Nullable Object> from : left) {
            for (List<@Nullable Object> to : right) {
                walks.between(from, to, out);
            }
        }
        return out;
    }

    private void between(List<@Nullable Object> from, List<@Nullable Object> to, List<List<@Nullable Object>> out) {
        List<@Nullable Object> begin = PlanEvaluator.picked(plan.leftKeys(), from);
        List<@Nullable Object> goal = PlanEvaluator.picked(plan.rightKeys(), to);
        boolean all = plan.selection().paths() == Paths.ALL;
        boolean groups = plan.selection().paths() == Paths.SHORTEST_GROUPS;
        // A walk whose length is among the smallest goes round at most so often; other modes take no edge twice.
        long rounds = plan.selection().mode() == Mode.WALK ? plan.selection().count() + 1L : 1;
        long longest = Math.min(plan.max(), plan.min() + rounds * (edges.size() + 1L));
        List<List<@Nullable Object>> reached = List.of(begin);
        int wanted = plan.selection().count();
        for (int length = 0; length <= longest && !reached.isEmpty() && (all || wanted > 0); length++) {
            if (length >= plan.min() && ValueOrder.contains(reached, goal)) {
                List<List<List<@Nullable Object>>> paths = new ArrayList<>();
                walk(begin, begin, goal, length, new ArrayList<>(), paths);
                int taken = all || groups ? paths.size() : Math.min(wanted, paths.size());
                for (List<List<@Nullable Object>> path : paths.subList(0, taken)) {
                    out.add(row(from, to, path));
                }
                wanted -= groups ? Math.min(1, paths.size()) : taken;
            }
            reached = further(reached);
        }
    }

    /** Whether an edge of a path has these values. */
    private static boolean isIn(
            List<List<@Nullable Object>> path, List<Integer> columns, List<@Nullable Object> values) {
        for (List<@Nullable Object> taken : path) {
            if (ValueOrder.sameRows(PlanEvaluator.picked(columns, taken), values)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a path that is allowed may go on with an edge. */
    private boolean allows(
            List<@Nullable Object> begin, List<List<@Nullable Object>> path, List<@Nullable Object> edge) {
        List<@Nullable Object> end = PlanEvaluator.picked(plan.destinationKeys(), edge);
        List<@Nullable Object> at =
                path.isEmpty() ? begin : PlanEvaluator.picked(plan.destinationKeys(), path.getLast());
        boolean isBegin = ValueOrder.sameRows(end, begin);
        boolean closed = !path.isEmpty() && ValueOrder.sameRows(at, begin);
        boolean passed = isIn(path, plan.destinationKeys(), end);
        return switch (plan.selection().mode()) {
            case WALK -> true;
            case TRAIL -> !isIn(path, plan.edgeKeys(), PlanEvaluator.picked(plan.edgeKeys(), edge));
            case ACYCLIC -> !isBegin && !passed;
            case SIMPLE -> !closed && (isBegin || !passed);
        };
    }

    /** An aggregate of no edges is NULL. */
    private List<@Nullable Object> row(
            List<@Nullable Object> from, List<@Nullable Object> to, List<List<@Nullable Object>> path) {
        List<@Nullable Object> row = Joins.concat(from, to);
        row.add((long) path.size());
        for (AggregateCall call : plan.calls()) {
            row.add(path.isEmpty() ? null : Groups.over(call, plan.edges(), path));
        }
        return row;
    }

    /** The vertices one edge away, each once. */
    private List<List<@Nullable Object>> further(List<List<@Nullable Object>> vertices) {
        List<List<@Nullable Object>> further = new ArrayList<>();
        for (List<@Nullable Object> vertex : vertices) {
            for (List<@Nullable Object> edge : edges) {
                TooMuch.check(++steps);
                List<@Nullable Object> end = PlanEvaluator.picked(plan.destinationKeys(), edge);
                if (leads(vertex, edge) && !ValueOrder.contains(further, end)) {
                    further.add(end);
                }
            }
        }
        return further;
    }

    private boolean leads(List<@Nullable Object> vertex, List<@Nullable Object> edge) {
        return ValueOrder.sameRows(vertex, PlanEvaluator.picked(plan.sourceKeys(), edge));
    }

    private void walk(
            List<@Nullable Object> begin,
            List<@Nullable Object> at,
            List<@Nullable Object> goal,
            int left,
            List<List<@Nullable Object>> path,
            List<List<List<@Nullable Object>>> found) {
        TooMuch.check(++steps);
        if (left == 0) {
            if (ValueOrder.sameRows(at, goal)) {
                found.add(new ArrayList<>(path));
            }
            return;
        }
        for (List<@Nullable Object> edge : edges) {
            if (leads(at, edge) && allows(begin, path, edge)) {
                path.addLast(edge);
                walk(begin, PlanEvaluator.picked(plan.destinationKeys(), edge), goal, left - 1, path, found);
                path.removeLast();
            }
        }
    }
}
