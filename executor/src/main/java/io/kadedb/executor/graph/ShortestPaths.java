package io.kadedb.executor.graph;

import java.util.function.IntPredicate;

/**
 * Least sums of weights from the nearest source: Dijkstra's algorithm with a binary heap in which vertices move up, on
 * one thread. Weights are not negative.
 */
public final class ShortestPaths implements AutoCloseable {
    private static final int CHECK = 1 << 14;

    private final VertexGraph graph;
    private final Adjacency out;
    private final Doubles distances;
    /** Vertices, the nearest first. */
    private final Ints heap;
    /** Where a vertex is in the heap, from 1; 0 if it is not. */
    private final Ints places;

    private int size;

    private ShortestPaths(VertexGraph graph, Doubles distances) {
        this.graph = graph;
        this.out = graph.out();
        this.distances = distances;
        this.heap = new Ints(graph.vertices() + 1, graph.memory());
        this.places = new Ints(graph.vertices(), graph.memory());
    }

    /** The distance of each vertex, NaN where no path leads. */
    public static VertexValues distances(VertexGraph graph, IntPredicate isSource) {
        Doubles distances = new Doubles(graph.vertices(), graph.memory());
        try (ShortestPaths search = new ShortestPaths(graph, distances)) {
            search.run(isSource);
            return new VertexValues.Numbers(distances);
        } catch (RuntimeException | Error e) {
            distances.close();
            throw e;
        }
    }

    private void run(IntPredicate isSource) {
        for (int v = 0; v < graph.vertices(); v++) {
            distances.set(v, Double.NaN);
            if (isSource.test(v)) {
                reach(v, 0);
            }
        }
        for (int settled = 0; size > 0; settled++) {
            if ((settled & CHECK - 1) == 0) {
                graph.parallel().checkpoint();
            }
            int v = takeNearest();
            double distance = distances.get(v);
            int end = out.start(v + 1);
            for (int place = out.start(v); place < end; place++) {
                reach(out.neighbour(place), distance + out.weight(place));
            }
        }
    }

    /** Notes a path to a vertex, if it is shorter than those known. */
    private void reach(int vertex, double distance) {
        double known = distances.get(vertex);
        if (known <= distance) {
            return;
        }
        distances.set(vertex, distance);
        int at = places.get(vertex);
        if (at == 0) {
            at = ++size;
        }
        while (at > 1 && distances.get(heap.get(at >> 1)) > distance) {
            put(heap.get(at >> 1), at);
            at >>= 1;
        }
        put(vertex, at);
    }

    private void put(int vertex, int at) {
        heap.set(at, vertex);
        places.set(vertex, at);
    }

    private int takeNearest() {
        int nearest = heap.get(1);
        places.set(nearest, 0);
        int last = heap.get(size--);
        if (size == 0) {
            return nearest;
        }
        double distance = distances.get(last);
        int at = 1;
        while (2 * at <= size) {
            int child = 2 * at;
            if (child < size && distances.get(heap.get(child + 1)) < distances.get(heap.get(child))) {
                child++;
            }
            if (distances.get(heap.get(child)) >= distance) {
                break;
            }
            put(heap.get(child), at);
            at = child;
        }
        put(last, at);
        return nearest;
    }

    @Override
    public void close() {
        heap.close();
        places.close();
    }
}
