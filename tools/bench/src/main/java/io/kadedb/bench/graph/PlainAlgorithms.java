package io.kadedb.bench.graph;

import java.util.Arrays;

/** Algorithms that go over all edges until nothing changes; NaN where there is no result. */
public final class PlainAlgorithms {
    private final RecursiveMatrix graph;

    public PlainAlgorithms(RecursiveMatrix graph) {
        this.graph = graph;
    }

    /** Ranks after some rounds, with a damping of 0.85. */
    public double[] pageRank(int rounds) {
        int n = graph.vertices();
        int[] degrees = new int[n];
        for (int source : graph.sources()) {
            degrees[source]++;
        }
        double[] ranks = new double[n];
        Arrays.fill(ranks, 1.0 / n);
        for (int round = 0; round < rounds; round++) {
            double stuck = 0;
            for (int v = 0; v < n; v++) {
                stuck += degrees[v] == 0 ? ranks[v] : 0;
            }
            double[] next = new double[n];
            Arrays.fill(next, (0.15 + 0.85 * stuck) / n);
            for (int i = 0; i < graph.sources().length; i++) {
                int source = graph.sources()[i];
                next[graph.targets()[i]] += 0.85 * ranks[source] / degrees[source];
            }
            ranks = next;
        }
        return ranks;
    }

    /** The least vertex of the weakly connected component of each. */
    public double[] components() {
        double[] least = new double[graph.vertices()];
        Arrays.setAll(least, v -> v);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < graph.sources().length; i++) {
                int a = graph.sources()[i];
                int b = graph.targets()[i];
                changed |= least[a] != least[b];
                least[a] = Math.min(least[a], least[b]);
                least[b] = least[a];
            }
        }
        return least;
    }

    /** Least sums from a vertex of weights, or of edges. */
    public double[] distances(int source, boolean weighted) {
        double[] distances = new double[graph.vertices()];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        distances[source] = 0;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < graph.sources().length; i++) {
                double distance = distances[graph.sources()[i]] + (weighted ? graph.weights()[i] : 1);
                if (distance < distances[graph.targets()[i]]) {
                    distances[graph.targets()[i]] = distance;
                    changed = true;
                }
            }
        }
        return Arrays.stream(distances)
                .map(d -> Double.isInfinite(d) ? Double.NaN : d)
                .toArray();
    }
}
