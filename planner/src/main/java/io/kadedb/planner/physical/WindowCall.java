package io.kadedb.planner.physical;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import java.util.List;

/** One function of a {@link PhysicalPlan.Window}. */
public sealed interface WindowCall {
    SqlType type();

    /** The rows it looks at; ranks, lag and lead look at the partition whatever the frame. */
    WindowFrame frame();

    /**
     * A function that exists over windows only.
     *
     * @param args ordinals of the input
     */
    record Positional(WindowFunction function, List<Integer> args, WindowFrame frame, SqlType type)
            implements WindowCall {
        public Positional {
            args = List.copyOf(args);
        }
    }

    /** An aggregate of the rows of the frame. It has no filter, no order, and does not look at distinct values. */
    record Aggregated(AggregateCall call, WindowFrame frame) implements WindowCall {
        @Override
        public SqlType type() {
            return call.type();
        }
    }
}
