package io.kadedb.sqltests.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Graph algorithms as their definitions say, over vertices {@code 0..n-1} in lists, to compare with. */
final class NaiveGraph {
    /** An edge from the first to the second. */
    record Edge(int from, int to, double weight) {}

    private final int n;
    private final boolean directed;
    private final List<List<Edge>> out = new ArrayList<>();
    private final List<List<Edge>> in = new ArrayList<>();
    private final List<Set<Integer>> successors = new ArrayList<>();
    private final List<Set<Integer>> neighbours = new ArrayList<>();

    NaiveGraph(int n, List<Edge> edges, boolean directed) {
        this.n = n;
        this.directed = directed;
        for (int v = 0; v < n; v++) {
            out.add(new ArrayList<>());
            in.add(new ArrayList<>());
            successors.add(new HashSet<>());
            neighbours.add(new HashSet<>());
        }
        for (Edge edge : edges) {
            add(edge);
            if (!directed && edge.from != edge.to) {
                add(new Edge(edge.to, edge.from, edge.weight));
            }
        }
    }

    private void add(Edge edge) {
        out.get(edge.from).add(edge);
        in.get(edge.to).add(edge);
        if (edge.from != edge.to) {
            successors.get(edge.from).add(edge.to);
            neighbours.get(edge.from).add(edge.to);
            neighbours.get(edge.to).add(edge.from);
        }
    }

    double[] pageRank(double damping, int iterations, Set<Integer> sources) {
        double[] jump = new double[n];
        for (int v = 0; v < n; v++) {
            jump[v] = sources.isEmpty() ? 1.0 / n : sources.contains(v) ? 1.0 / sources.size() : 0;
        }
        double[] ranks = jump.clone();
        for (int i = 0; i < iterations; i++) {
            double[] next = new double[n];
            double stuck = 0;
            for (int v = 0; v < n; v++) {
                for (Edge edge : out.get(v)) {
                    next[edge.to] += damping * ranks[v] / out.get(v).size();
                }
                stuck += out.get(v).isEmpty() ? ranks[v] : 0;
            }
            for (int v = 0; v < n; v++) {
                next[v] += (1 - damping + damping * stuck) * jump[v];
            }
            ranks = next;
        }
        return ranks;
    }

    int[] weakComponents() {
        int[] components = new int[n];
        Arrays.fill(components, -1);
        for (int v = 0; v < n; v++) {
            if (components[v] < 0) {
                for (int w : reached(v, neighbours)) {
                    components[w] = v;
                }
            }
        }
        return components;
    }

    int[] strongComponents() {
        List<Set<Integer>> predecessors = new ArrayList<>();
        for (int v = 0; v < n; v++) {
            Set<Integer> before = new HashSet<>();
            in.get(v).forEach(edge -> before.add(edge.from));
            predecessors.add(before);
        }
        int[] components = new int[n];
        Arrays.fill(components, -1);
        for (int v = 0; v < n; v++) {
            if (components[v] < 0) {
                Set<Integer> both = reached(v, successors);
                both.retainAll(reached(v, predecessors));
                for (int w : both) {
                    components[w] = v;
                }
            }
        }
        return components;
    }

    private static Set<Integer> reached(int start, List<Set<Integer>> next) {
        Set<Integer> reached = new HashSet<>(Set.of(start));
        ArrayDeque<Integer> queue = new ArrayDeque<>(reached);
        while (!queue.isEmpty()) {
            for (int w : next.get(queue.remove())) {
                if (reached.add(w)) {
                    queue.add(w);
                }
            }
        }
        return reached;
    }

    /** Least sums of weights by Bellman and Ford's algorithm; NaN where there is no path. */
    double[] distances(int source, boolean weighted) {
        double[] distances = new double[n];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        distances[source] = 0;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (List<Edge> edges : out) {
                for (Edge edge : edges) {
                    double distance = distances[edge.from] + (weighted ? edge.weight : 1);
                    changed |= distance < distances[edge.to];
                    distances[edge.to] = Math.min(distances[edge.to], distance);
                }
            }
        }
        return Arrays.stream(distances)
                .map(d -> Double.isInfinite(d) ? Double.NaN : d)
                .toArray();
    }

    long[] triangles() {
        long[] triangles = new long[n];
        for (int v = 0; v < n; v++) {
            for (int u : neighbours.get(v)) {
                for (int w : neighbours.get(v)) {
                    triangles[v] += u < w && neighbours.get(u).contains(w) ? 1 : 0;
                }
            }
        }
        return triangles;
    }

    double[] clustering() {
        double[] coefficients = new double[n];
        for (int v = 0; v < n; v++) {
            int degree = neighbours.get(v).size();
            long found = 0;
            for (int u : neighbours.get(v)) {
                for (int w : neighbours.get(v)) {
                    found += successors.get(u).contains(w) ? 1 : 0;
                }
            }
            coefficients[v] = degree < 2 ? 0 : (double) found / ((double) degree * (degree - 1));
        }
        return coefficients;
    }

    /** Takes away a vertex with the fewest neighbours left, again and again. */
    double[] cores() {
        int[] degrees = neighbours.stream().mapToInt(Set::size).toArray();
        double[] cores = new double[n];
        boolean[] gone = new boolean[n];
        int core = 0;
        for (int i = 0; i < n; i++) {
            int least = -1;
            for (int v = 0; v < n; v++) {
                least = !gone[v] && (least < 0 || degrees[v] < degrees[least]) ? v : least;
            }
            core = Math.max(core, degrees[least]);
            cores[least] = core;
            gone[least] = true;
            for (int w : neighbours.get(least)) {
                degrees[w]--;
            }
        }
        return cores;
    }

    int[] labels(int iterations) {
        int[] labels = new int[n];
        Arrays.setAll(labels, v -> v);
        for (int i = 0; i < iterations; i++) {
            int[] next = labels.clone();
            for (int v = 0; v < n; v++) {
                Map<Integer, Integer> counts = new HashMap<>();
                for (Edge edge : out.get(v)) {
                    counts.merge(labels[edge.to], 1, Integer::sum);
                }
                if (directed) {
                    for (Edge edge : in.get(v)) {
                        counts.merge(labels[edge.from], 1, Integer::sum);
                    }
                }
                int most = 0;
                for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
                    if (entry.getValue() > most || (entry.getValue() == most && entry.getKey() < next[v])) {
                        most = entry.getValue();
                        next[v] = entry.getKey();
                    }
                }
            }
            labels = next;
        }
        return labels;
    }
}
