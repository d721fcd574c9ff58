package io.kadedb.executor.graph;

/**
 * Community detection by synchronous label propagation (Raghavan, Albert, Kumara 2007) in the form of LDBC Graphalytics:
 * all vertices change at once, each to the label most frequent over its edges in and out, the least of several.
 */
public final class LabelPropagation {
    private static final int GRAIN = 1 << 10;

    private LabelPropagation() {}

    /** The label of each vertex, which is a vertex. */
    public static VertexValues labels(VertexGraph graph, int iterations) {
        int n = graph.vertices();
        Adjacency out = graph.out();
        Adjacency in = graph.directed() ? graph.in() : null;
        Ints labels = new Ints(n, graph.memory());
        Ints other;
        try {
            other = new Ints(n, graph.memory());
        } catch (RuntimeException e) {
            labels.close();
            throw e;
        }
        try {
            for (int v = 0; v < n; v++) {
                labels.set(v, v);
            }
            for (int i = 0; i < iterations; i++) {
                Ints before = labels;
                Ints after = other;
                graph.parallel().forEach(n, GRAIN, (from, to) -> {
                    try (LabelCounts counts = new LabelCounts(graph.memory())) {
                        for (int v = from; v < to; v++) {
                            int edges = out.degree(v) + (in == null ? 0 : in.degree(v));
                            counts.begin(edges);
                            counts.addAll(out, v, before);
                            if (in != null) {
                                counts.addAll(in, v, before);
                            }
                            after.set(v, edges == 0 ? before.get(v) : counts.best());
                        }
                    }
                });
                labels = after;
                other = before;
            }
            other.close();
            return new VertexValues.Counts(labels);
        } catch (RuntimeException | Error e) {
            labels.close();
            other.close();
            throw e;
        }
    }
}
