package io.kadedb.planner.graph;

import java.util.List;
import java.util.Optional;

/**
 * How the variables of a pattern hang together. A vertex gives {@code $t}, the number of its table, its key and its
 * properties; an edge {@code $st} and a key where it starts, {@code $dt} and a key where it ends, and its properties.
 *
 * @param edges by the variables they stand for
 * @param keyWidth columns that tell vertices apart, the table's number included
 */
public record MatchShape(List<Edge> edges, int keyWidth) {
    public MatchShape {
        edges = List.copyOf(edges);
    }

    /**
     * An edge pattern.
     *
     * @param variable ordinal of the edge's variable
     * @param left ordinal of the vertex where it starts
     * @param right ordinal of the vertex where it ends
     * @param atLeft columns of the edge and of the left vertex
     * @param atRight columns of the edge and of the right vertex
     */
    public record Edge(
            int variable,
            int left,
            int right,
            List<KeyMatch> atLeft,
            List<KeyMatch> atRight,
            Optional<Repetition> repetition) {}

    /**
     * How often an edge repeats; its queries give single hops.
     *
     * @param toStart columns of a vertex and of a hop that starts there
     * @param toEnd columns of a hop and of the vertex where it ends
     */
    public record Repetition(int min, int max, List<KeyMatch> toStart, List<KeyMatch> toEnd) {}
}
