package io.kadedb.executor.graph;

/**
 * The core number of each vertex: vertices are taken away by the number of neighbours they have left, the fewest first
 * (Batagelj and Zaversnik, An O(m) algorithm for cores decomposition of networks, 2003). On one thread. Several edges
 * between two vertices count once, loops never.
 */
public final class Cores implements AutoCloseable {
    private static final int CHECK = 1 << 14;

    private final VertexGraph graph;
    private final Neighbours.Merge neighbours;
    /** Neighbours left; in the end the core number. */
    private final Ints degrees;
    /** Vertices by the neighbours they have left. */
    private final Ints order;
    /** Where a vertex is in the order. */
    private final Ints places;
    /** Where in the order the vertices with so many neighbours begin. */
    private final Ints begins;

    private Cores(VertexGraph graph, Ints degrees) {
        this.graph = graph;
        this.degrees = degrees;
        this.neighbours = new Neighbours.Merge(graph.out(), graph.in());
        int n = graph.vertices();
        this.order = new Ints(n, graph.memory());
        this.places = new Ints(n, graph.memory());
        this.begins = new Ints(n + 2, graph.memory());
    }

    /** The core number of each vertex. */
    public static VertexValues of(VertexGraph graph) {
        Ints degrees = new Ints(graph.vertices(), graph.memory());
        try (Cores cores = new Cores(graph, degrees)) {
            cores.sort();
            cores.takeAway();
            return new VertexValues.Counts(degrees);
        } catch (RuntimeException | Error e) {
            degrees.close();
            throw e;
        }
    }

    /** Counts neighbours, and orders vertices by how many they have. */
    private void sort() {
        int n = graph.vertices();
        for (int v = 0; v < n; v++) {
            checkpoint(v);
            int degree = 0;
            for (neighbours.begin(v); neighbours.next(); ) {
                degree++;
            }
            degrees.set(v, degree);
            begins.set(degree + 1, begins.get(degree + 1) + 1);
        }
        for (int degree = 1; degree <= n; degree++) {
            begins.set(degree, begins.get(degree) + begins.get(degree - 1));
        }
        for (int v = 0; v < n; v++) {
            int degree = degrees.get(v);
            int at = begins.get(degree);
            begins.set(degree, at + 1);
            put(v, at);
        }
        // Placing moved each beginning to the next one.
        for (int degree = n; degree > 0; degree--) {
            begins.set(degree, begins.get(degree - 1));
        }
        begins.set(0, 0);
    }

    private void takeAway() {
        for (int i = 0; i < graph.vertices(); i++) {
            checkpoint(i);
            int v = order.get(i);
            for (neighbours.begin(v); neighbours.next(); ) {
                int w = neighbours.vertex;
                int degree = degrees.get(w);
                if (degree > degrees.get(v)) {
                    // It changes places with the first that has as many left, which then are fewer.
                    int first = begins.get(degree);
                    int at = places.get(w);
                    put(order.get(first), at);
                    put(w, first);
                    begins.set(degree, first + 1);
                    degrees.set(w, degree - 1);
                }
            }
        }
    }

    private void put(int vertex, int at) {
        order.set(at, vertex);
        places.set(vertex, at);
    }

    private void checkpoint(int done) {
        if ((done & CHECK - 1) == 0) {
            graph.parallel().checkpoint();
        }
    }

    @Override
    public void close() {
        order.close();
        places.close();
        begins.close();
    }
}
