package io.kadedb.planner.lower;

import io.kadedb.planner.physical.PhysicalPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Least and greatest values of a column that a key has in order: of all rows only the first and the last are read. */
final class Extremes {
    private final PhysicalPlanner planner;
    private final Aggregate aggregate;
    private final List<AggregateCall> calls;

    /** @param kept which of the calls are needed */
    Extremes(PhysicalPlanner planner, Aggregate aggregate, List<Integer> kept) {
        this.planner = planner;
        this.aggregate = aggregate;
        this.calls = kept.stream().map(aggregate.getAggCallList()::get).toList();
    }

    /** The rows with the values asked for, if nothing else is asked and they are cheap to find. */
    Optional<Lowered> input(ImmutableBitSet needed) {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || aggregate.getGroupCount() > 0
                || calls.isEmpty()
                || !calls.stream().allMatch(this::isExtreme)) {
            return Optional.empty();
        }
        int column = calls.getFirst().getArgList().getFirst();
        boolean least = calls.stream().anyMatch(Extremes::isLeast);
        boolean greatest = !calls.stream().allMatch(Extremes::isLeast);
        Optional<Lowered> first = planner.first(aggregate.getInput(), needed, column, !least);
        if (first.isEmpty() || !(least && greatest)) {
            return first;
        }
        return planner.first(aggregate.getInput(), needed, column, true)
                .filter(last -> Arrays.equals(last.at(), first.get().at()))
                .map(last -> first.get()
                        .with(new PhysicalPlan.UnionAll(
                                List.of(first.get().plan(), last.plan()),
                                first.get().plan().output())));
    }

    /** Whether a call wants an extreme of the column that the first one is about. */
    private boolean isExtreme(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return (kind == SqlKind.MIN || kind == SqlKind.MAX)
                && call.filterArg < 0
                && call.getArgList().equals(calls.getFirst().getArgList());
    }

    private static boolean isLeast(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.MIN;
    }
}
