package io.kadedb.executor.pipeline;

import io.kadedb.executor.api.QueryProfile;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what each node does. Every worker has a lane of its own, with one clock that is switched from node to node as
 * batches pass between them, so that a node's time is its own and costs two clock readings a batch.
 */
@SuppressWarnings("IdentityHashMapUsage") // nodes are told apart by identity: equal ones may occur twice
public final class Profiler {
    private final Map<PhysicalPlan, Integer> indexes = new IdentityHashMap<>();
    private final List<PhysicalPlan> nodes = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    /** The lane into which those of finished workers are added; one of the lanes. */
    private @org.jspecify.annotations.Nullable Lane done;

    public Profiler(PhysicalPlan root) {
        register(root);
    }

    private void register(PhysicalPlan node) {
        if (indexes.putIfAbsent(node, nodes.size()) == null) {
            nodes.add(node);
            node.inputs().forEach(this::register);
        }
    }

    /** The index of a node, or of the client for null. */
    int indexOf(@org.jspecify.annotations.Nullable PhysicalPlan node) {
        return node == null ? nodes.size() : indexes.getOrDefault(node, nodes.size());
    }

    synchronized Lane lane() {
        Lane lane = new Lane(nodes.size() + 1);
        lanes.add(lane);
        return lane;
    }

    /** Adds up the counts of a worker that is done. */
    synchronized void release(Lane lane) {
        if (lanes.remove(lane)) {
            Lane total = done;
            if (total == null) {
                done = lane;
                lanes.add(lane);
                return;
            }
            for (int i = 0; i < lane.rows.length; i++) {
                total.rows[i] += lane.rows[i];
                total.batches[i] += lane.batches[i];
                total.nanos[i] += lane.nanos[i];
            }
        }
    }

    /** The sums so far; the counts of running workers may lag. */
    public synchronized QueryProfile profile(long peakMemoryBytes) {
        Map<PhysicalPlan, QueryProfile.NodeProfile> profiles = new IdentityHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            long rows = 0;
            long batches = 0;
            long nanos = 0;
            for (Lane lane : lanes) {
                rows += lane.rows[i];
                batches += lane.batches[i];
                nanos += lane.nanos[i];
            }
            profiles.put(nodes.get(i), new QueryProfile.NodeProfile(rows, batches, nanos));
        }
        return new QueryProfile(profiles, peakMemoryBytes);
    }

    /** The counters of one worker; only it writes them. */
    static final class Lane {
        final long[] rows;
        final long[] batches;
        final long[] nanos;
        private int current;
        private long since;

        Lane(int nodes) {
            rows = new long[nodes];
            batches = new long[nodes];
            nanos = new long[nodes];
        }

        /** Starts the clock for a node. */
        void resume(int node) {
            current = node;
            since = System.nanoTime();
        }

        /** Stops the clock. */
        void pause() {
            switchTo(current);
        }

        void switchTo(int node) {
            long now = System.nanoTime();
            nanos[current] += now - since;
            since = now;
            current = node;
        }
    }
}
