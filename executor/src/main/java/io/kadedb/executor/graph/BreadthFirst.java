package io.kadedb.executor.graph;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Fewest edges from the nearest source, level by level; each level in parallel. */
public final class BreadthFirst {
    private static final int GRAIN = 1 << 8;

    private BreadthFirst() {}

    /**
     * The distance of each vertex, -1 where no path leads.
     *
     * @param maxDepth vertices further away are not looked for
     */
    public static VertexValues distances(VertexGraph graph, IntPredicate isSource, int maxDepth) {
        int n = graph.vertices();
        Adjacency out = graph.out();
        Ints distances = new Ints(n, graph.memory());
        try (Ints one = new Ints(n, graph.memory());
                Ints other = new Ints(n, graph.memory())) {
            distances.fill((byte) -1);
            int count = 0;
            for (int v = 0; v < n; v++) {
                if (isSource.test(v)) {
                    distances.set(v, 0);
                    one.set(count++, v);
                }
            }
            Ints level = one;
            Ints next = other;
            for (int depth = 0; count > 0 && depth < maxDepth; depth++) {
                count = expand(graph.parallel(), out, distances, level, count, next, depth + 1);
                Ints swapped = level;
                level = next;
                next = swapped;
            }
            return new VertexValues.Counts(distances);
        } catch (RuntimeException | Error e) {
            distances.close();
            throw e;
        }
    }

    /** Writes the vertices first reached over an edge from this level; gives their number. */
    private static int expand(
            Parallel parallel, Adjacency out, Ints distances, Ints level, int count, Ints next, int depth) {
        AtomicInteger found = new AtomicInteger();
        parallel.forEach(count, GRAIN, (from, to) -> {
            for (int i = from; i < to; i++) {
                int v = level.get(i);
                int end = out.start(v + 1);
                for (int place = out.start(v); place < end; place++) {
                    int w = out.neighbour(place);
                    if (distances.get(w) < 0 && distances.compareAndSet(w, -1, depth)) {
                        next.set(found.getAndIncrement(), w);
                    }
                }
            }
        });
        return found.get();
    }
}
