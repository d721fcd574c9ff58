package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.memory.Native;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PathSelection.Mode;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.Arrays;

/**
 * Finds the cheapest paths from one vertex to all targets, the cheapest first (Dijkstra's algorithm). Of the cheapest
 * walks, the part up to a vertex on the way can be taken from as many cheapest ones to that vertex, so each vertex is
 * left only so often; where the number of edges is bounded, that holds for vertices reached by as many edges. Paths of
 * other modes have no such rule. Belongs to one worker.
 */
final class CheapestFinder implements PathSearcher {
    private static final int CHECK_EVERY = 1 << 16;
    /** A node: cost, parent, edge, the two numbers of the vertex where it ends, and how many edges it has. */
    private static final int NODE = 32;

    private static final int MARK = 8;

    private final PathGraph graph;
    private final JoinTable edges;
    private final Mode mode;
    private final int wanted;
    private final int min;
    private final int max;
    private final Worker worker;
    /** How many numbers of edges have to be told apart. */
    private final int lengths;

    private final NativeArray nodes;
    /** Nodes not yet left: a binary heap by cost, then by number of edges. */
    private final NativeArray heap;
    /** For each vertex and number of edges, the search it was last left in, and how often. */
    private final NativeArray left;

    private final NativeArray found;
    private int nodeCount;
    private int heapSize;
    private int search;
    private int steps;
    private int complete;
    private int[] path = new int[16];

    CheapestFinder(PhysicalPlan.PathSearch plan, PathGraph graph, Worker worker, MemoryPool memory) {
        this.graph = graph;
        this.edges = graph.edges.table();
        this.mode = plan.selection().mode();
        this.wanted = plan.selection().count();
        this.min = plan.min();
        this.max = plan.max();
        this.lengths = 1 + (max == Integer.MAX_VALUE ? min : max);
        this.worker = worker;
        this.nodes = new NativeArray(memory);
        this.heap = new NativeArray(memory);
        this.left = new NativeArray(memory);
        this.found = new NativeArray(memory);
    }

    @Override
    public void search(int origin, PathSink sink) {
        begin();
        push(add(0, -1, -1, graph.originSource(origin), graph.originTarget(origin), 0));
        while (heapSize > 0 && complete < graph.targets() && !sink.satisfied()) {
            check();
            int node = pop();
            if (!leaves(node)) {
                continue;
            }
            if (length(node) >= min) {
                reached(origin, node, sink);
            }
            if (length(node) < max && !isClosed(node)) {
                expand(node);
            }
        }
    }

    private void begin() {
        long ofVertices = mode == Mode.WALK ? (long) MARK * lengths * Math.max(1, graph.vertices()) : 0;
        long ofTargets = (long) MARK * Math.max(1, graph.targets());
        left.ensure(ofVertices);
        found.ensure(ofTargets);
        if (search == Integer.MAX_VALUE) {
            left.reset(Math.max(MARK, ofVertices));
            found.reset(ofTargets);
            search = 0;
        }
        search++;
        nodeCount = 0;
        heapSize = 0;
        complete = 0;
    }

    /** Whether a node is among the cheapest of its vertex and number of edges, and notes it. */
    private boolean leaves(int node) {
        int vertex = vertex(node);
        if (mode != Mode.WALK || vertex < 0) {
            return true;
        }
        long place = (long) Math.min(length(node), lengths - 1) * graph.vertices() + vertex;
        return counts(left.address() + MARK * place);
    }

    /** Counts up to as many as are wanted; whether this is one of them. */
    private boolean counts(long mark) {
        int times = Native.getInt(mark) == search ? Native.getInt(mark + 4) : 0;
        if (times == wanted) {
            return false;
        }
        Native.putInt(mark, search);
        Native.putInt(mark + 4, times + 1);
        return true;
    }

    private void reached(int origin, int node, PathSink sink) {
        int target = target(node);
        if (target < 0) {
            return;
        }
        long mark = found.address() + (long) MARK * target;
        if (!counts(mark)) {
            return;
        }
        complete += Native.getInt(mark + 4) == wanted ? 1 : 0;
        int length = length(node);
        if (path.length < length) {
            path = Arrays.copyOf(path, 2 * length);
        }
        int at = node;
        for (int i = length - 1; i >= 0; i--) {
            path[i] = edge(at);
            at = parent(at);
        }
        sink.path(origin, target, path, length);
    }

    private void expand(int node) {
        int source = source(node);
        if (source < 0) {
            return;
        }
        int end = PathGraph.last(edges, source);
        for (int place = PathGraph.first(edges, source); place < end; place++) {
            check();
            int edge = PathGraph.row(edges, place);
            int endSource = graph.endSource(edge);
            int endTarget = graph.endTarget(edge);
            if (graph.vertex(endSource, endTarget) >= 0 && allows(node, edge)) {
                double cost = cost(node) + edgeCost(edge);
                push(add(cost, node, edge, endSource, endTarget, length(node) + 1));
            }
        }
    }

    private double edgeCost(int edge) {
        double cost = graph.cost(edge);
        if (!(cost >= 0)) {
            throw KadeException.of(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            Double.isNaN(cost)
                                    ? "the cost of an edge is NULL or not a number"
                                    : "the cost of an edge is negative: " + cost)
                    .hint("leave such edges out with WHERE, or give them a cost, as in COST coalesce(e.cost, 1)");
        }
        return cost;
    }

    private boolean allows(int node, int edge) {
        if (mode == Mode.WALK) {
            return true;
        }
        int vertex = graph.vertex(graph.endSource(edge), graph.endTarget(edge));
        for (int at = node; at > 0; at = parent(at)) {
            check();
            boolean same = mode == Mode.TRAIL ? graph.identity(edge(at)) == graph.identity(edge) : vertex(at) == vertex;
            if (same) {
                return false;
            }
        }
        return mode != Mode.ACYCLIC || vertex(0) != vertex;
    }

    /** Whether a simple path has come back to where it began. */
    private boolean isClosed(int node) {
        return mode == Mode.SIMPLE && node != 0 && vertex(node) == vertex(0);
    }

    private void check() {
        if (++steps % CHECK_EVERY == 0) {
            worker.checkpoint();
        }
    }

    private int add(double cost, int parent, int edge, int source, int target, int length) {
        nodes.ensure((long) NODE * (nodeCount + 1));
        long at = at(nodeCount);
        Native.putDouble(at, cost);
        Native.putInt(at + 8, parent);
        Native.putInt(at + 12, edge);
        Native.putInt(at + 16, source);
        Native.putInt(at + 20, target);
        Native.putInt(at + 24, length);
        return nodeCount++;
    }

    private void push(int node) {
        heap.ensure(4L * (heapSize + 1));
        int at = heapSize++;
        while (at > 0 && before(node, inHeap((at - 1) / 2))) {
            putHeap(at, inHeap((at - 1) / 2));
            at = (at - 1) / 2;
        }
        putHeap(at, node);
    }

    private int pop() {
        int first = inHeap(0);
        int last = inHeap(--heapSize);
        int at = 0;
        for (int child = 1; child < heapSize; child = 2 * at + 1) {
            if (child + 1 < heapSize && before(inHeap(child + 1), inHeap(child))) {
                child++;
            }
            if (!before(inHeap(child), last)) {
                break;
            }
            putHeap(at, inHeap(child));
            at = child;
        }
        putHeap(at, last);
        return first;
    }

    private boolean before(int node, int other) {
        int byCost = Double.compare(cost(node), cost(other));
        return byCost < 0 || (byCost == 0 && length(node) < length(other));
    }

    private int inHeap(int place) {
        return Native.getInt(heap.address() + 4L * place);
    }

    private void putHeap(int place, int node) {
        Native.putInt(heap.address() + 4L * place, node);
    }

    private long at(int node) {
        return nodes.address() + (long) NODE * node;
    }

    private double cost(int node) {
        return Native.getDouble(at(node));
    }

    private int parent(int node) {
        return Native.getInt(at(node) + 8);
    }

    private int edge(int node) {
        return Native.getInt(at(node) + 12);
    }

    private int source(int node) {
        return Native.getInt(at(node) + 16);
    }

    private int target(int node) {
        return Native.getInt(at(node) + 20);
    }

    private int length(int node) {
        return Native.getInt(at(node) + 24);
    }

    private int vertex(int node) {
        return graph.vertex(source(node), target(node));
    }

    @Override
    public void close() {
        nodes.close();
        heap.close();
        left.close();
        found.close();
    }
}
