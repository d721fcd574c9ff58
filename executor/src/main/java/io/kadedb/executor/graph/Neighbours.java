package io.kadedb.executor.graph;

import io.kadedb.common.data.MemoryPool;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of neighbours of a graph, each once, in rows like {@link Adjacency}: however many edges there are between two
 * vertices and whichever way they point, and no loops. A pair is in the row of the vertex with fewer neighbours, so that
 * no row is long (of m pairs at most the root of 2 m).
 */
final class Neighbours implements AutoCloseable {
    private static final int GRAIN = 1 << 10;
    /** Marks a neighbour with edges both ways. */
    private static final int BOTH_WAYS = 1 << 31;

    private final Ints degrees;
    private final Ints starts;
    private final Ints rows;

    private Neighbours(Ints degrees, Ints starts, Ints rows) {
        this.degrees = degrees;
        this.starts = starts;
        this.rows = rows;
    }

    static Neighbours of(VertexGraph graph) {
        int n = graph.vertices();
        MemoryPool memory = graph.memory();
        Adjacency out = graph.out();
        Adjacency in = graph.in();
        Ints degrees = new Ints(n, memory);
        Ints starts = null;
        Ints rows = null;
        try {
            starts = new Ints(n + 1, memory);
            Ints begins = starts;
            graph.parallel().forEach(n, GRAIN, (from, to) -> {
                Merge merge = new Merge(out, in);
                for (int v = from; v < to; v++) {
                    int degree = 0;
                    for (merge.begin(v); merge.next(); ) {
                        degree++;
                    }
                    degrees.set(v, degree);
                }
            });
            graph.parallel().forEach(n, GRAIN, (from, to) -> {
                Merge merge = new Merge(out, in);
                for (int v = from; v < to; v++) {
                    int length = 0;
                    for (merge.begin(v); merge.next(); ) {
                        length += leads(degrees, v, merge.vertex) ? 1 : 0;
                    }
                    begins.set(v + 1, length);
                }
            });
            for (int v = 0; v < n; v++) {
                starts.set(v + 1, starts.get(v + 1) + starts.get(v));
            }
            rows = new Ints(starts.get(n), memory);
            Ints pairs = rows;
            graph.parallel().forEach(n, GRAIN, (from, to) -> {
                Merge merge = new Merge(out, in);
                for (int v = from; v < to; v++) {
                    int at = begins.get(v);
                    for (merge.begin(v); merge.next(); ) {
                        if (leads(degrees, v, merge.vertex)) {
                            pairs.set(at++, merge.bothWays ? merge.vertex | BOTH_WAYS : merge.vertex);
                        }
                    }
                }
            });
            return new Neighbours(degrees, starts, rows);
        } catch (RuntimeException | Error e) {
            degrees.close();
            close(starts);
            close(rows);
            throw e;
        }
    }

    private static void close(@Nullable Ints values) {
        if (values != null) {
            values.close();
        }
    }

    /** Whether a pair is in the row of the first. */
    private static boolean leads(Ints degrees, int v, int w) {
        int a = degrees.get(v);
        int b = degrees.get(w);
        return a < b || (a == b && v < w);
    }

    /** How many neighbours a vertex has. */
    int degree(int vertex) {
        return degrees.get(vertex);
    }

    int start(int vertex) {
        return starts.get(vertex);
    }

    int neighbour(int place) {
        return rows.get(place) & ~BOTH_WAYS;
    }

    /** How many directions have an edge between the pair at a place: 1 or 2. */
    int ways(int place) {
        return rows.get(place) < 0 ? 2 : 1;
    }

    @Override
    public void close() {
        degrees.close();
        starts.close();
        rows.close();
    }

    /** Goes through the neighbours of a vertex in both directions, in order, each once. */
    static final class Merge {
        private final Adjacency out;
        private final Adjacency in;
        private int self;
        private int atOut;
        private int endOut;
        private int atIn;
        private int endIn;

        int vertex;
        boolean bothWays;

        Merge(Adjacency out, Adjacency in) {
            this.out = out;
            this.in = in;
        }

        void begin(int v) {
            self = v;
            atOut = out.start(v);
            endOut = out.start(v + 1);
            atIn = in.start(v);
            endIn = in.start(v + 1);
        }

        boolean next() {
            while (true) {
                int a = atOut < endOut ? out.neighbour(atOut) : Integer.MAX_VALUE;
                int b = atIn < endIn ? in.neighbour(atIn) : Integer.MAX_VALUE;
                vertex = Math.min(a, b);
                if (vertex == Integer.MAX_VALUE) {
                    return false;
                }
                bothWays = a == b;
                while (atOut < endOut && out.neighbour(atOut) == vertex) {
                    atOut++;
                }
                while (atIn < endIn && in.neighbour(atIn) == vertex) {
                    atIn++;
                }
                if (vertex != self) {
                    return true;
                }
            }
        }
    }
}
