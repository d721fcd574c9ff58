package io.kadedb.bench.graph;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A graph with the skewed degrees of social networks: edges fall into quarters of the adjacency matrix, and quarters of
 * those, with the probabilities of Graph500 (R-MAT: Chakrabarti, Zhan, Faloutsos 2004). Vertices are numbered anew at
 * random, so that a number says nothing of a degree. The same seed gives the same graph.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecursiveMatrix(int vertices, int[] sources, int[] targets, int[] weights) {
    private static final double A = 0.57;
    private static final double B = 0.19;
    private static final double C = 0.19;
    private static final int MOST_WEIGHT = 100;

    /**
     * A graph of {@code 2^scale} vertices.
     *
     * @param edgeFactor edges for each vertex
     */
    public static RecursiveMatrix of(int scale, int edgeFactor, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int vertices = 1 << scale;
        int[] numbers = new int[vertices];
        for (int v = 0; v < vertices; v++) {
            int other = random.nextInt(v + 1);
            numbers[v] = numbers[other];
            numbers[other] = v;
        }
        int edges = Math.multiplyExact(vertices, edgeFactor);
        int[] sources = new int[edges];
        int[] targets = new int[edges];
        int[] weights = new int[edges];
        for (int i = 0; i < edges; i++) {
            int source = 0;
            int target = 0;
            for (int bit = 0; bit < scale; bit++) {
                double draw = random.nextDouble();
                source = source << 1 | (draw >= A + B ? 1 : 0);
                target = target << 1 | ((draw >= A && draw < A + B) || draw >= A + B + C ? 1 : 0);
            }
            sources[i] = numbers[source];
            targets[i] = numbers[target];
            weights[i] = 1 + random.nextInt(MOST_WEIGHT);
        }
        return new RecursiveMatrix(vertices, sources, targets, weights);
    }

    /** A vertex with edges, to start searches from. */
    public int anyVertex() {
        return sources[0];
    }

    public void writeVertices(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int v = 0; v < vertices; v++) {
                out.write(v + "\n");
            }
        }
    }

    public void writeEdges(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < sources.length; i++) {
                out.write(sources[i] + "," + targets[i] + "," + weights[i] + "\n");
            }
        }
    }
}
