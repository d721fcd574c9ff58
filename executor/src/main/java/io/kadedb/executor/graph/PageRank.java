package io.kadedb.executor.graph;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The PageRank of each vertex by power iteration (Page, Brin, Motwani, Winograd 1999), in the form of LDBC Graphalytics:
 * ranks add up to 1, and what vertices without edges out have is given to all alike. With sources both that and the
 * random jump go to them alone (personalised PageRank). Sums are taken in one order whatever the number of threads.
 */
public final class PageRank {
    private static final int GRAIN = 1 << 12;

    private final VertexGraph graph;
    private final double damping;
    private final IntPredicate isSource;
    private final int sources;

    /**
     * @param isSource the vertices to which the walk jumps
     * @param sources how many they are, at least one unless there are no vertices
     */
    public PageRank(VertexGraph graph, double damping, IntPredicate isSource, int sources) {
        this.graph = graph;
        this.damping = damping;
        this.isSource = isSource;
        this.sources = sources;
    }

    /**
     * The ranks.
     *
     * @param iterations at most
     * @param tolerance ends when ranks change less, in sum
     */
    public VertexValues ranks(int iterations, double tolerance) {
        int n = graph.vertices();
        Adjacency in = graph.in();
        Doubles ranks = new Doubles(n, graph.memory());
        try (Doubles shares = new Doubles(n, graph.memory());
                Ints degrees = degrees(in)) {
            double[] sums = new double[n / GRAIN + 1];
            graph.parallel().forEach(n, GRAIN, (from, to) -> {
                for (int v = from; v < to; v++) {
                    ranks.set(v, isSource.test(v) ? 1.0 / sources : 0);
                }
            });
            double change = Double.MAX_VALUE;
            for (int i = 0; i < iterations && change >= tolerance; i++) {
                double stuck = share(ranks, shares, degrees, sums);
                double jump = (1 - damping + damping * stuck) / sources;
                graph.parallel()
                        .forEach(n, GRAIN, (from, to) -> sums[from / GRAIN] = step(in, ranks, shares, jump, from, to));
                change = Arrays.stream(sums).sum();
            }
        } catch (RuntimeException | Error e) {
            ranks.close();
            throw e;
        }
        return new VertexValues.Numbers(ranks);
    }

    /** How many edges lead out of each vertex, counted where they lead in. */
    private Ints degrees(Adjacency in) {
        Ints degrees = new Ints(graph.vertices(), graph.memory());
        try {
            graph.parallel().forEach(in.edges(), 1 << 16, (from, to) -> {
                for (int i = from; i < to; i++) {
                    int _ = degrees.addAtomically(in.neighbour(i), 1);
                }
            });
            return degrees;
        } catch (RuntimeException | Error e) {
            degrees.close();
            throw e;
        }
    }

    /** Notes what each edge out of a vertex carries; gives the sum of the ranks of vertices without one. */
    private double share(Doubles ranks, Doubles shares, Ints degrees, double[] sums) {
        graph.parallel().forEach(graph.vertices(), GRAIN, (from, to) -> {
            double stuck = 0;
            for (int v = from; v < to; v++) {
                int degree = degrees.get(v);
                shares.set(v, degree == 0 ? 0 : ranks.get(v) / degree);
                stuck += degree == 0 ? ranks.get(v) : 0;
            }
            sums[from / GRAIN] = stuck;
        });
        double stuck = 0;
        for (double sum : sums) {
            stuck += sum;
        }
        return stuck;
    }

    private double step(Adjacency in, Doubles ranks, Doubles shares, double jump, int from, int to) {
        double change = 0;
        for (int v = from; v < to; v++) {
            double sum = 0;
            int end = in.start(v + 1);
            for (int i = in.start(v); i < end; i++) {
                sum += shares.get(in.neighbour(i));
            }
            double rank = (isSource.test(v) ? jump : 0) + damping * sum;
            change += Math.abs(rank - ranks.get(v));
            ranks.set(v, rank);
        }
        return change;
    }
}
