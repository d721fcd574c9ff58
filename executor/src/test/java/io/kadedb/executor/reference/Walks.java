package io.kadedb.executor.reference;

import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Path searches: all walks of each length, one after the other. */
final class Walks {
    private final PhysicalPlan.PathSearch plan;
    private final List<List<@Nullable Object>> edges;

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
        List<@Nullable Object> start = PlanEvaluator.picked(plan.leftKeys(), from);
        List<@Nullable Object> goal = PlanEvaluator.picked(plan.rightKeys(), to);
        // The shortest walk of at least the least length repeats no vertex after it.
        int most = (int) Math.min(plan.max(), (long) plan.min() + 2L * edges.size() + 1);
        boolean all = plan.paths() == PhysicalPlan.PathSearch.Paths.ALL;
        boolean[] found = new boolean[1];
        for (int length = plan.min(); length <= most && (all || !found[0]); length++) {
            walk(start, goal, length, new ArrayList<>(), (List<List<@Nullable Object>> path) -> {
                if (plan.paths() == PhysicalPlan.PathSearch.Paths.ANY_SHORTEST && found[0]) {
                    return;
                }
                found[0] = true;
                List<@Nullable Object> row = Joins.concat(from, to);
                row.add((long) path.size());
                plan.calls().forEach(call -> row.add(Groups.over(call, plan.edges(), path)));
                out.add(row);
            });
        }
    }

    private void walk(
            List<@Nullable Object> at,
            List<@Nullable Object> goal,
            int left,
            List<List<@Nullable Object>> path,
            Consumer<List<List<@Nullable Object>>> found) {
        if (left == 0) {
            if (ValueOrder.sameRows(at, goal)) {
                found.accept(path);
            }
            return;
        }
        for (List<@Nullable Object> edge : edges) {
            if (ValueOrder.sameRows(at, PlanEvaluator.picked(plan.sourceKeys(), edge))) {
                path.addLast(edge);
                walk(PlanEvaluator.picked(plan.destinationKeys(), edge), goal, left - 1, path, found);
                path.removeLast();
            }
        }
    }
}
