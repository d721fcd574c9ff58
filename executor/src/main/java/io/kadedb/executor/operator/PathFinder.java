package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.Native;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PathSelection;
import io.kadedb.planner.physical.PathSelection.Paths;
import java.util.Arrays;

/**
 * Finds the shortest walks from one vertex to all targets by breadth-first search. Of some shortest walks, the part up to
 * a vertex on the way can be taken from as many shortest ones to that vertex, and the lengths of such parts from as many
 * smallest lengths; so each vertex is reached only so often. Below the least length asked for, every level counts
 * vertices anew, since walks may go round in circles. What was reached forms a graph of nodes by level, each with the edges that lead to it from the level before. Belongs to one
 * worker.
 */
final class PathFinder implements PathSearcher {
    private static final int CHECK_EVERY = 1 << 16;
    private static final int NODE = 16;
    private static final int INCOMING = 12;
    private static final int MARK = 12;

    private final PathGraph graph;
    private final JoinTable edges;
    private final int min;
    private final int max;
    private final boolean groups;
    private final int wanted;
    private final Worker worker;

    /** Nodes: the vertex's two numbers, its level, and the first of its incoming edges. */
    private final NativeArray nodes;
    /** Incoming edges: the edge, the node it comes from, and the next one of the same node, or -1. */
    private final NativeArray incoming;
    /** For each vertex, by each of its numbers, when it was last reached, by which node, and how many nodes it has. */
    private final NativeArray sourceMarks;

    private final NativeArray targetMarks;
    private int nodeCount;
    private int incomingCount;
    private int stamp;
    private int steps;
    private int[] path = new int[16];
    private int[] stack = new int[16];

    PathFinder(PathGraph graph, PathSelection selection, int min, int max, Worker worker, MemoryPool memory) {
        this.graph = graph;
        this.edges = graph.edges.table();
        this.min = min;
        this.max = max;
        this.groups = selection.paths() == Paths.SHORTEST_GROUPS;
        this.wanted = selection.count();
        this.worker = worker;
        this.nodes = new NativeArray(memory);
        this.incoming = new NativeArray(memory);
        this.sourceMarks = new NativeArray(memory);
        this.targetMarks = new NativeArray(memory);
    }

    @Override
    public void search(int origin, PathSink sink) {
        sourceMarks.ensure((long) MARK * Math.max(1, graph.sources()));
        targetMarks.ensure((long) MARK * Math.max(1, graph.targets()));
        nodeCount = 0;
        incomingCount = 0;
        nextStamp();
        addNode(graph.originSource(origin), graph.originTarget(origin), 0);
        mark(0, 1);
        long found = min == 0 ? emit(origin, 0, 1, sink) : 0;
        int from = 0;
        int to = 1;
        for (int level = 1; from < to && level <= max; level++) {
            if (level <= min) {
                nextStamp();
            }
            for (int node = from; node < to; node++) {
                expand(node, level);
            }
            from = to;
            to = nodeCount;
            if (level >= min) {
                found += emit(origin, from, to, sink);
                if (found >= (long) wanted * graph.targets() || sink.satisfied()) {
                    return;
                }
            }
        }
    }

    /** Marks of earlier searches and levels are older than the stamp. */
    private void nextStamp() {
        if (stamp == Integer.MAX_VALUE) {
            sourceMarks.reset((long) MARK * Math.max(1, graph.sources()));
            targetMarks.reset((long) MARK * Math.max(1, graph.targets()));
            stamp = 0;
        }
        stamp++;
    }

    private void expand(int node, int level) {
        int source = Native.getInt(nodes.address() + (long) NODE * node);
        if (source < 0) {
            return;
        }
        int end = PathGraph.last(edges, source);
        for (int place = PathGraph.first(edges, source); place < end; place++) {
            if (++steps % CHECK_EVERY == 0) {
                worker.checkpoint();
            }
            int edge = PathGraph.row(edges, place);
            reach(edge, node, graph.endSource(edge), graph.endTarget(edge), level);
        }
    }

    private void reach(int edge, int from, int source, int target, int level) {
        if (source < 0 && (target < 0 || level < min)) {
            return; // neither an end nor a way on
        }
        long mark = markOf(source, target);
        if (Native.getInt(mark) != stamp) {
            int node = addNode(source, target, level);
            mark(node, 1);
            addIncoming(node, edge, from);
            return;
        }
        int last = Native.getInt(mark + 4);
        int times = Native.getInt(mark + 8);
        if (groups && level(last) == level) {
            addIncoming(last, edge, from);
        } else if (times < wanted) {
            int node = addNode(source, target, level);
            mark(node, times + 1);
            addIncoming(node, edge, from);
        }
    }

    private long markOf(int source, int target) {
        return source >= 0
                ? sourceMarks.address() + (long) MARK * source
                : targetMarks.address() + (long) MARK * target;
    }

    private void mark(int node, int times) {
        long at = nodes.address() + (long) NODE * node;
        int source = Native.getInt(at);
        int target = Native.getInt(at + 4);
        if (source >= 0 || target >= 0) {
            long mark = markOf(source, target);
            Native.putInt(mark, stamp);
            Native.putInt(mark + 4, node);
            Native.putInt(mark + 8, times);
        }
    }

    private int addNode(int source, int target, int level) {
        nodes.ensure((long) NODE * (nodeCount + 1));
        long at = nodes.address() + (long) NODE * nodeCount;
        Native.putInt(at, source);
        Native.putInt(at + 4, target);
        Native.putInt(at + 8, level);
        Native.putInt(at + 12, -1);
        return nodeCount++;
    }

    private void addIncoming(int node, int edge, int from) {
        incoming.ensure((long) INCOMING * (incomingCount + 1));
        long at = incoming.address() + (long) INCOMING * incomingCount;
        long first = nodes.address() + (long) NODE * node + 12;
        Native.putInt(at, edge);
        Native.putInt(at + 4, from);
        Native.putInt(at + 8, Native.getInt(first));
        Native.putInt(first, incomingCount++);
    }

    private int level(int node) {
        return Native.getInt(nodes.address() + (long) NODE * node + 8);
    }

    private int firstIncoming(int node) {
        return Native.getInt(nodes.address() + (long) NODE * node + 12);
    }

    /** Gives the paths to the targets among some nodes; tells how many of the nodes are targets. */
    private int emit(int origin, int from, int to, PathSink sink) {
        int found = 0;
        for (int node = from; node < to && !sink.satisfied(); node++) {
            int target = Native.getInt(nodes.address() + (long) NODE * node + 4);
            if (target >= 0) {
                found++;
                paths(origin, target, node, sink);
            }
        }
        return found;
    }

    /** All ways back from a node to the first one, which alone is of level 0. */
    private void paths(int origin, int target, int node, PathSink sink) {
        int length = level(node);
        if (path.length < length) {
            path = Arrays.copyOf(path, 2 * length);
            stack = Arrays.copyOf(stack, 2 * length);
        }
        if (length == 0) {
            sink.path(origin, target, path, 0);
            return;
        }
        int at = length - 1;
        stack[at] = firstIncoming(node);
        while (at < length && !sink.satisfied()) {
            if (++steps % CHECK_EVERY == 0) {
                worker.checkpoint();
            }
            int way = stack[at];
            if (way < 0) {
                at++;
                if (at < length) {
                    stack[at] = Native.getInt(incoming.address() + (long) INCOMING * stack[at] + 8);
                }
                continue;
            }
            long record = incoming.address() + (long) INCOMING * way;
            path[at] = Native.getInt(record);
            if (at == 0) {
                sink.path(origin, target, path, length);
                stack[0] = Native.getInt(record + 8);
            } else {
                stack[--at] = firstIncoming(Native.getInt(record + 4));
            }
        }
    }

    @Override
    public void close() {
        nodes.close();
        incoming.close();
        sourceMarks.close();
        targetMarks.close();
    }
}
