package io.kadedb.planner.lower;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanExpressions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * Aggregates that are there several times in a plan, as those of a view or WITH query that is named twice, are computed once
 * (common subexpression elimination of whole subplans; Zhou et al., Efficient Exploitation of Similar Subexpressions for Query
 * Processing, SIGMOD 2007). Only aggregates, as they give few rows for many: other rows are cheaper made again than kept.
 */
public final class SharedSubplans {
    /** More rows than these are rather computed again than kept in memory. */
    private static final double MOST_ROWS = 1_000_000;

    /** How often each aggregate is there, without those within one that was counted before. */
    private final Map<PhysicalPlan.Aggregate, Integer> counts = new HashMap<>();

    private SharedSubplans() {}

    /**
     * The plan with each of these aggregates once.
     *
     * @param ids of shared rows, which no other plan of the statement has
     */
    public static PhysicalPlan share(PhysicalPlan plan, IntSupplier ids) {
        PhysicalPlan shared = plan;
        while (true) {
            Optional<PhysicalPlan.Aggregate> repeated = new SharedSubplans().repeated(shared);
            if (repeated.isEmpty()) {
                return shared;
            }
            PhysicalPlan.Aggregate once = repeated.get();
            int id = ids.getAsInt();
            PhysicalPlan rows = new PhysicalPlan.WorkingTable(id, once.output(), once.rows());
            shared = new PhysicalPlan.SharedRows(id, once, replaced(shared, once, rows));
        }
    }

    private Optional<PhysicalPlan.Aggregate> repeated(PhysicalPlan plan) {
        count(plan);
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .max((a, b) -> Integer.compare(size(a), size(b)));
    }

    private void count(PhysicalPlan plan) {
        if (plan instanceof PhysicalPlan.Aggregate aggregate && isShareable(aggregate)) {
            counts.merge(aggregate, 1, Integer::sum);
        }
        mapped(plan, input -> {
            count(input);
            return input;
        });
    }

    private static boolean isShareable(PhysicalPlan.Aggregate aggregate) {
        return aggregate.rows() <= MOST_ROWS && isAlone(aggregate) && reads(aggregate);
    }

    /** Whether it gives the same rows wherever it stands. */
    private static boolean isAlone(PhysicalPlan plan) {
        boolean own = switch (plan) {
            case PhysicalPlan.WorkingTable table -> false;
            case PhysicalPlan.RecursiveUnion union -> false;
            case PhysicalPlan.WithChanges with -> false;
            case PhysicalPlan.Modify modify -> false;
            case PhysicalPlan.LockRows lock -> false;
            case PhysicalPlan.Apply apply -> false;
            default -> true;
        };
        return own
                && PlanExpressions.of(plan).stream().allMatch(SharedSubplans::isAlone)
                && plan.inputs().stream().allMatch(SharedSubplans::isAlone);
    }

    private static boolean isAlone(Expr expression) {
        return !(expression instanceof Expr.OuterColumn)
                && !(expression instanceof Expr.Call call && call.function().isVolatile())
                && expression.operands().stream().allMatch(SharedSubplans::isAlone);
    }

    /** Whether it reads a table or file as a whole, so that it is worth anything. */
    private static boolean reads(PhysicalPlan plan) {
        return plan instanceof PhysicalPlan.TableScan
                || plan instanceof PhysicalPlan.FileScan
                || plan.inputs().stream().anyMatch(SharedSubplans::reads);
    }

    private static int size(PhysicalPlan plan) {
        return 1 + plan.inputs().stream().mapToInt(SharedSubplans::size).sum();
    }

    private static PhysicalPlan replaced(PhysicalPlan plan, PhysicalPlan once, PhysicalPlan rows) {
        return plan.equals(once) ? rows : mapped(plan, input -> replaced(input, once, rows));
    }

    /** The plan over other inputs; itself where it is of a kind below which nothing is shared. */
    private static PhysicalPlan mapped(PhysicalPlan plan, UnaryOperator<PhysicalPlan> change) {
        return switch (plan) {
            case PhysicalPlan.SharedRows(int id, PhysicalPlan shared, PhysicalPlan body) ->
                new PhysicalPlan.SharedRows(id, change.apply(shared), change.apply(body));
            case PhysicalPlan.Project(var input, var expressions, var output) ->
                new PhysicalPlan.Project(change.apply(input), expressions, output);
            case PhysicalPlan.Filter(var input, var condition, var rows) ->
                new PhysicalPlan.Filter(change.apply(input), condition, rows);
            case PhysicalPlan.Aggregate(var input, var keys, var determined, var calls, var output, var rows) ->
                new PhysicalPlan.Aggregate(change.apply(input), keys, determined, calls, output, rows);
            case PhysicalPlan.Sort(var input, var keys, var offset, var fetch, var rows) ->
                new PhysicalPlan.Sort(change.apply(input), keys, offset, fetch, rows);
            case PhysicalPlan.Limit(var input, var offset, var fetch, var rows) ->
                new PhysicalPlan.Limit(change.apply(input), offset, fetch, rows);
            case PhysicalPlan.HashJoin(
                    var left,
                    var right,
                    var type,
                    var leftKeys,
                    var rightKeys,
                    var residual,
                    var nullsEqual,
                    var output,
                    var rows) ->
                new PhysicalPlan.HashJoin(
                        change.apply(left),
                        change.apply(right),
                        type,
                        leftKeys,
                        rightKeys,
                        residual,
                        nullsEqual,
                        output,
                        rows);
            case PhysicalPlan.NestedLoopJoin(var left, var right, var type, var condition, var output, var rows) ->
                new PhysicalPlan.NestedLoopJoin(change.apply(left), change.apply(right), type, condition, output, rows);
            default -> plan;
        };
    }
}
