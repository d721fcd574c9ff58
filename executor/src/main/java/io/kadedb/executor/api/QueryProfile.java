package io.kadedb.executor.api;

import io.kadedb.planner.physical.PhysicalPlan;
import java.util.Map;

/**
 * What each node of a plan did.
 *
 * @param nodes by identity of the plan's nodes
 */
public record QueryProfile(Map<PhysicalPlan, NodeProfile> nodes, long peakMemoryBytes) {
    /**
     * What one node did.
     *
     * @param rows it gave
     * @param nanos of all workers together
     */
    public record NodeProfile(long rows, long batches, long nanos) {}
}
