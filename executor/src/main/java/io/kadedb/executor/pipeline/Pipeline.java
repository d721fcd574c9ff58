package io.kadedb.executor.pipeline;

import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;

/**
 * A run of operators without a breaker between them.
 *
 * @param sourceNode the plan node the source belongs to, for the profile
 * @param steps in the order rows pass them
 * @param sinkNode the plan node the sink belongs to; null when it is the client
 * @param endsSink whether this is the last pipeline into its sink
 */
public record Pipeline(
        Source source,
        PhysicalPlan sourceNode,
        List<Step> steps,
        Sink sink,
        @org.jspecify.annotations.Nullable PhysicalPlan sinkNode,
        boolean endsSink) {
    public Pipeline {
        steps = List.copyOf(steps);
    }

    /** A transform with the plan node it belongs to. */
    public record Step(Transform transform, PhysicalPlan node) {}
}
