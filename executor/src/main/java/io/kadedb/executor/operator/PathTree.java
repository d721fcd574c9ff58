package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.Native;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PathSelection;
import io.kadedb.planner.physical.PathSelection.Mode;
import io.kadedb.planner.physical.PathSelection.Paths;
import java.util.Arrays;

/**
 * Finds the shortest paths of a mode from one vertex to all targets, breadth first. Whether a path may go on depends on
 * all of it, so every path is a node of a tree that knows the path one edge shorter. Belongs to one worker.
 */
final class PathTree implements PathSearcher {
    private static final int CHECK_EVERY = 1 << 16;
    /** A node: its parent, its edge, and the two numbers of the vertex where it ends. */
    private static final int NODE = 16;
    /** For a target: the search it was last reached in, how often, and at which level. */
    private static final int MARK = 12;

    private final PathGraph graph;
    private final JoinTable edges;
    private final PathSelection selection;
    private final int min;
    private final int max;
    private final Worker worker;
    private final NativeArray nodes;
    private final NativeArray marks;
    private int nodeCount;
    private int search;
    private int steps;
    /** Targets that have as many paths, or lengths, as are wanted. */
    private int complete;

    private int[] path = new int[16];

    PathTree(PathGraph graph, PathSelection selection, int min, int max, Worker worker, MemoryPool memory) {
        this.graph = graph;
        this.edges = graph.edges.table();
        this.selection = selection;
        this.min = min;
        this.max = max;
        this.worker = worker;
        this.nodes = new NativeArray(memory);
        this.marks = new NativeArray(memory);
    }

    @Override
    public void search(int origin, PathSink sink) {
        nextSearch();
        nodeCount = 0;
        complete = 0;
        add(-1, -1, graph.originSource(origin), graph.originTarget(origin));
        if (min == 0) {
            reached(origin, 0, 0, sink);
        }
        int from = 0;
        for (int level = 1; from < nodeCount && level <= max; level++) {
            int to = nodeCount;
            for (int node = from; node < to; node++) {
                expand(origin, node, level, sink);
                if (sink.satisfied()) {
                    return;
                }
            }
            from = to;
            if (complete >= graph.targets()) {
                return;
            }
        }
    }

    private void nextSearch() {
        long bytes = (long) MARK * Math.max(1, graph.targets());
        marks.ensure(bytes);
        if (search == Integer.MAX_VALUE) {
            marks.reset(bytes);
            search = 0;
        }
        search++;
    }

    private void expand(int origin, int node, int level, PathSink sink) {
        int source = field(node, 8);
        if (source < 0 || isClosed(node)) {
            return;
        }
        int end = PathGraph.last(edges, source);
        for (int place = PathGraph.first(edges, source); place < end; place++) {
            check();
            int edge = PathGraph.row(edges, place);
            int endSource = graph.endSource(edge);
            int endTarget = graph.endTarget(edge);
            boolean leads = graph.vertex(endSource, endTarget) >= 0;
            if (leads && allows(node, edge)) {
                int next = add(node, edge, endSource, endTarget);
                if (level >= min) {
                    reached(origin, next, level, sink);
                }
            }
        }
    }

    private void check() {
        if (++steps % CHECK_EVERY == 0) {
            worker.checkpoint();
        }
    }

    /** Whether a simple path has come back to where it began. */
    private boolean isClosed(int node) {
        return selection.mode() == Mode.SIMPLE && node != 0 && vertex(node) == vertex(0);
    }

    private boolean allows(int node, int edge) {
        boolean trail = selection.mode() == Mode.TRAIL;
        int vertex = graph.vertex(graph.endSource(edge), graph.endTarget(edge));
        for (int at = node; at > 0; at = field(at, 0)) {
            check();
            if (trail ? graph.identity(field(at, 4)) == graph.identity(edge) : vertex(at) == vertex) {
                return false;
            }
        }
        return selection.mode() != Mode.ACYCLIC || vertex(0) != vertex;
    }

    private void reached(int origin, int node, int level, PathSink sink) {
        int target = field(node, 12);
        if (target < 0 || !wants(target, level)) {
            return;
        }
        if (path.length < level) {
            path = Arrays.copyOf(path, 2 * level);
        }
        int at = node;
        for (int i = level - 1; i >= 0; i--) {
            path[i] = field(at, 4);
            at = field(at, 0);
        }
        sink.path(origin, target, path, level);
    }

    /** Whether one more path to a target is wanted, and notes it. */
    private boolean wants(int target, int level) {
        long mark = marks.address() + (long) MARK * target;
        boolean known = Native.getInt(mark) == search;
        int times = known ? Native.getInt(mark + 4) : 0;
        if (known && selection.paths() == Paths.SHORTEST_GROUPS && Native.getInt(mark + 8) == level) {
            return true;
        }
        if (times == selection.count()) {
            return false;
        }
        Native.putInt(mark, search);
        Native.putInt(mark + 4, times + 1);
        Native.putInt(mark + 8, level);
        complete += times + 1 == selection.count() ? 1 : 0;
        return true;
    }

    private int add(int parent, int edge, int source, int target) {
        nodes.ensure((long) NODE * (nodeCount + 1));
        long at = nodes.address() + (long) NODE * nodeCount;
        Native.putInt(at, parent);
        Native.putInt(at + 4, edge);
        Native.putInt(at + 8, source);
        Native.putInt(at + 12, target);
        return nodeCount++;
    }

    private int vertex(int node) {
        return graph.vertex(field(node, 8), field(node, 12));
    }

    private int field(int node, int offset) {
        return Native.getInt(nodes.address() + (long) NODE * node + offset);
    }

    @Override
    public void close() {
        nodes.close();
        marks.close();
    }
}
