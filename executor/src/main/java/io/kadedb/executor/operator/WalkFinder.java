package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PathSelection.Mode;
import java.util.Arrays;

/** Finds all paths of a mode and some lengths from one vertex to targets, depth first. Belongs to one worker. */
final class WalkFinder implements PathSearcher {
    private static final int CHECK_EVERY = 1 << 16;

    private final PathGraph graph;
    private final JoinTable edges;
    private final int min;
    private final int max;
    private final Worker worker;
    private final Visited visited;
    private int steps;
    private int[] path = new int[16];
    private int[] next = new int[16];
    private int[] end = new int[16];

    WalkFinder(PathGraph graph, Mode mode, int min, int max, Worker worker, MemoryPool memory) {
        this.graph = graph;
        this.edges = graph.edges.table();
        this.min = min;
        this.max = max;
        this.worker = worker;
        this.visited = new Visited(graph, mode, memory);
    }

    @Override
    public void search(int origin, PathSink sink) {
        int target = graph.originTarget(origin);
        if (min == 0 && target >= 0) {
            sink.path(origin, target, path, 0);
        }
        visited.begin(graph.vertex(graph.originSource(origin), target));
        int depth = 0;
        enter(0, graph.originSource(origin));
        while (depth >= 0 && !sink.satisfied()) {
            if (++steps % CHECK_EVERY == 0) {
                worker.checkpoint();
            }
            if (next[depth] == end[depth]) {
                if (--depth >= 0) {
                    visited.release(path[depth]);
                }
                continue;
            }
            int edge = PathGraph.row(edges, next[depth]++);
            if (!visited.allows(edge)) {
                continue;
            }
            path[depth] = edge;
            int length = depth + 1;
            int reached = graph.endTarget(edge);
            if (length >= min && reached >= 0) {
                sink.path(origin, reached, path, length);
            }
            if (length < max && !visited.closes(edge)) {
                visited.take(edge);
                depth++;
                enter(depth, graph.endSource(edge));
            }
        }
        while (depth > 0) {
            visited.release(path[--depth]);
        }
        visited.end();
    }

    private void enter(int depth, int source) {
        if (depth == path.length) {
            path = Arrays.copyOf(path, 2 * depth);
            next = Arrays.copyOf(next, 2 * depth);
            end = Arrays.copyOf(end, 2 * depth);
        }
        next[depth] = source < 0 ? 0 : PathGraph.first(edges, source);
        end[depth] = source < 0 ? 0 : PathGraph.last(edges, source);
    }

    @Override
    public void close() {
        visited.close();
    }
}
