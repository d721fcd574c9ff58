package io.kadedb.executor.graph;

import io.kadedb.executor.graph.EdgeList.Block;
import java.util.List;

/**
 * The weakly connected components, each named by its least vertex: a parallel union-find over the edges as they come,
 * without locks (Jayanti and Tarjan, A randomized concurrent algorithm for disjoint set union, 2016, but linked by number).
 */
public final class WeakComponents {
    private static final int GRAIN = 1 << 14;

    private WeakComponents() {}

    /** The least vertex of the component of each. */
    public static VertexValues of(VertexGraph graph) {
        int n = graph.vertices();
        Ints parents = new Ints(n, graph.memory());
        try {
            graph.parallel().forEach(n, GRAIN, (from, to) -> {
                for (int v = from; v < to; v++) {
                    parents.set(v, v);
                }
            });
            List<Block> blocks = graph.edges().blocks();
            graph.parallel().forEach(blocks.size(), 1, (from, to) -> {
                for (Block block : blocks.subList(from, to)) {
                    for (int i = 0; i < block.count; i++) {
                        unite(parents, block.sources.get(i), block.targets.get(i));
                    }
                }
            });
            graph.parallel().forEach(n, GRAIN, (from, to) -> {
                for (int v = from; v < to; v++) {
                    parents.set(v, root(parents, v));
                }
            });
            return new VertexValues.Counts(parents);
        } catch (RuntimeException | Error e) {
            parents.close();
            throw e;
        }
    }

    /** Links the greater root to the smaller, so that a root is the least of its tree. */
    private static void unite(Ints parents, int a, int b) {
        int x = root(parents, a);
        int y = root(parents, b);
        while (x != y) {
            int greater = Math.max(x, y);
            int smaller = Math.min(x, y);
            if (parents.compareAndSet(greater, greater, smaller)) {
                return;
            }
            x = root(parents, greater);
            y = root(parents, smaller);
        }
    }

    /** The root of a vertex; halves the path to it, which others may do too. */
    private static int root(Ints parents, int vertex) {
        int v = vertex;
        int parent = parents.getVolatile(v);
        while (parent != v) {
            int grandparent = parents.getVolatile(parent);
            if (grandparent != parent) {
                boolean _ = parents.compareAndSet(v, parent, grandparent);
            }
            v = parent;
            parent = grandparent;
        }
        return v;
    }
}
