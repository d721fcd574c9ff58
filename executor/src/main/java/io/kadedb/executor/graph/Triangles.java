package io.kadedb.executor.graph;

/**
 * Triangles, each met once where the rows of two neighbours share a third (Schank and Wagner 2005; Latapy 2008).
 */
public final class Triangles {
    private static final int GRAIN = 1 << 8;

    private Triangles() {}

    /** How many triangles each vertex is a corner of. */
    public static VertexValues counts(VertexGraph graph) {
        try (Neighbours neighbours = Neighbours.of(graph)) {
            return new VertexValues.LongCounts(opposite(graph, neighbours, false));
        }
    }

    /**
     * The local clustering coefficient of each vertex, as LDBC Graphalytics has it: the edges between its neighbours, by
     * as many as there could be; both ways count where edges have a direction. 0 with less than two neighbours.
     */
    public static VertexValues coefficients(VertexGraph graph) {
        int n = graph.vertices();
        try (Neighbours neighbours = Neighbours.of(graph);
                Longs edges = opposite(graph, neighbours, true)) {
            Doubles coefficients = new Doubles(n, graph.memory());
            for (int v = 0; v < n; v++) {
                double degree = neighbours.degree(v);
                coefficients.set(v, degree < 2 ? 0 : edges.get(v) / (degree * (degree - 1)));
            }
            return new VertexValues.Numbers(coefficients);
        }
    }

    /** For each vertex the triangles at it; or, by ways, the directions of the edges opposite to it. */
    private static Longs opposite(VertexGraph graph, Neighbours neighbours, boolean byWays) {
        int n = graph.vertices();
        Longs sums = new Longs(n, graph.memory());
        try {
            graph.parallel().forEach(n, GRAIN, (from, to) -> {
                for (int v = from; v < to; v++) {
                    add(neighbours, v, byWays, sums);
                    if ((v & 63) == 0) {
                        graph.parallel().checkpoint();
                    }
                }
            });
            return sums;
        } catch (RuntimeException | Error e) {
            sums.close();
            throw e;
        }
    }

    private static void add(Neighbours neighbours, int v, boolean byWays, Longs sums) {
        int start = neighbours.start(v);
        int end = neighbours.start(v + 1);
        long atV = 0;
        for (int i = start; i < end; i++) {
            int u = neighbours.neighbour(i);
            int waysToU = neighbours.ways(i);
            int endOfU = neighbours.start(u + 1);
            long atU = 0;
            int a = start;
            int b = neighbours.start(u);
            while (a < end && b < endOfU) {
                int w = neighbours.neighbour(a);
                int x = neighbours.neighbour(b);
                if (w == x) {
                    atV += byWays ? neighbours.ways(b) : 1;
                    atU += byWays ? neighbours.ways(a) : 1;
                    sums.addAtomically(w, byWays ? waysToU : 1);
                }
                a += w <= x ? 1 : 0;
                b += x <= w ? 1 : 0;
            }
            if (atU != 0) {
                sums.addAtomically(u, atU);
            }
        }
        if (atV != 0) {
            sums.addAtomically(v, atV);
        }
    }
}
