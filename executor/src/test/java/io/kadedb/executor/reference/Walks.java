package io.kadedb.executor.reference;

import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.PhysicalPlan.PathSearch.Paths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Path searches: first the lengths that walks between two vertices have, then all walks of those wanted. */
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
        List<@Nullable Object> goal = PlanEvaluator.picked(plan.rightKeys(), to);
        List<List<@Nullable Object>> reached = List.of(PlanEvaluator.picked(plan.leftKeys(), from));
        // The shortest walk that is long enough repeats no vertex beyond the least length.
        long longest = Math.min(plan.max(), plan.min() + edges.size() + 1L);
        for (int length = 0; length <= longest && !reached.isEmpty(); length++) {
            if (length >= plan.min() && ValueOrder.contains(reached, goal)) {
                List<List<List<@Nullable Object>>> paths = new ArrayList<>();
                walk(PlanEvaluator.picked(plan.leftKeys(), from), goal, length, new ArrayList<>(), paths);
                paths = plan.paths() == Paths.ANY_SHORTEST ? paths.subList(0, 1) : paths;
                for (List<List<@Nullable Object>> path : paths) {
                    out.add(row(from, to, path));
                }
                if (plan.paths() != Paths.ALL) {
                    return;
                }
            }
            reached = further(reached);
        }
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
            if (leads(at, edge)) {
                path.addLast(edge);
                walk(PlanEvaluator.picked(plan.destinationKeys(), edge), goal, left - 1, path, found);
                path.removeLast();
            }
        }
    }
}
