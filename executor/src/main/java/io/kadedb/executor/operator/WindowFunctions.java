package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.WindowCall;
import io.kadedb.planner.physical.WindowFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The functions of one window over its sorted rows: what they share, and a column for each reader. */
final class WindowFunctions implements AutoCloseable {
    private final PhysicalPlan.Window plan;
    private final WindowOrder order;
    private final QueryRun run;
    private final MemoryPool memory;
    /** For aggregates what their columns share, else null. */
    private final List<@Nullable FrameAggregate> aggregates = new ArrayList<>();

    WindowFunctions(PhysicalPlan.Window plan, WindowOrder order, QueryRun run, MemoryPool memory) {
        this.plan = plan;
        this.order = order;
        this.run = run;
        this.memory = memory;
        try {
            for (WindowCall call : plan.calls()) {
                aggregates.add(
                        call instanceof WindowCall.Aggregated aggregated
                                ? aggregate(aggregated.call(), aggregated.frame())
                                : null);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private FrameAggregate aggregate(AggregateCall call, WindowFrame frame) {
        RowStore rows = order.rows();
        if (call.function() == AggregateFunction.COUNT_STAR) {
            return FrameSums.of(call, null, rows.rows(), memory);
        }
        ColumnVector first = rows.column(call.args().getFirst());
        if (call.function().makesJson()) {
            throw KadeException.of(
                    ErrorCode.FEATURE_NOT_SUPPORTED, call.function().sqlName() + " over a window is not supported yet");
        }
        if (call.function() == AggregateFunction.STRING_AGG) {
            return new FrameTexts(first, argument(call.args(), 1), run);
        }
        if (call.function() == AggregateFunction.ARRAY_AGG) {
            return new FrameArrays(first, call.type(), run);
        }
        if (FrameSums.suits(call, first.type())) {
            return FrameSums.of(call, first, rows.rows(), memory);
        }
        ColumnVector[] arguments = call.args().stream().map(rows::column).toArray(ColumnVector[]::new);
        List<Field> fields = plan.input().output();
        Supplier<Accumulator> states =
                () -> Accumulators.of(call, fields, run.evaluation().timeZone(), memory);
        PresentRows present = new PresentRows(arguments, Accumulators.decisive(call.function()), rows.rows(), memory);
        return FrameCursor.startsWithPartition(frame)
                ? new RunningFrames(present, states)
                : new FrameTree(present, states, run);
    }

    private @Nullable ColumnVector argument(List<Integer> args, int index) {
        return index < args.size() ? order.rows().column(args.get(index)) : null;
    }

    /** The column of a call, for one reader. */
    WindowColumn open(int index) {
        return switch (plan.calls().get(index)) {
            case WindowCall.Positional call -> positional(call);
            case WindowCall.Aggregated call -> {
                FrameAggregate aggregate = aggregates.get(index);
                if (aggregate == null) {
                    throw new IllegalStateException("no aggregate for " + call);
                }
                yield new AggregateColumn(frames(call.frame()), aggregate, run, memory);
            }
        };
    }

    private FrameCursor frames(WindowFrame frame) {
        boolean descending =
                !plan.orderBy().isEmpty() && plan.orderBy().getFirst().descending();
        return new FrameCursor(frame, order, descending, run);
    }

    private WindowColumn positional(WindowCall.Positional call) {
        return switch (call.function()) {
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE ->
                new RankingColumn(call.function(), order, argument(call.args(), 0));
            case LAG -> neighbour(call, -1);
            case LEAD -> neighbour(call, 1);
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
                new FrameValueColumn(
                        call.function(),
                        frames(call.frame()),
                        order.rows().column(call.args().getFirst()),
                        argument(call.args(), 1));
        };
    }

    private WindowColumn neighbour(WindowCall.Positional call, int direction) {
        return new NeighbourColumn(
                order,
                direction,
                order.rows().column(call.args().getFirst()),
                argument(call.args(), 1),
                argument(call.args(), 2));
    }

    @Override
    public void close() {
        for (FrameAggregate aggregate : aggregates) {
            if (aggregate != null) {
                aggregate.close();
            }
        }
        aggregates.clear();
    }
}
