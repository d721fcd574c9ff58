package io.kadedb.planner.graph;

import io.kadedb.planner.physical.PathSelection;
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
     * @param left the vertex where it starts
     * @param right the vertex where it ends
     */
    public record Edge(int variable, End left, End right, Optional<Repetition> repetition) {}

    /**
     * A vertex at an end of an edge.
     *
     * @param variable ordinal of the vertex's variable, or -1 if it is none of this pattern's
     * @param keys columns of the edge and of the vertex
     */
    public record End(int variable, List<KeyMatch> keys) {}

    /**
     * How often an edge repeats; its queries give single hops.
     *
     * @param toStart columns of a vertex and of a hop that starts there
     * @param toEnd columns of a hop and of the vertex where it ends
     * @param search how its paths are searched for, if they are not joined
     */
    public record Repetition(int min, int max, List<KeyMatch> toStart, List<KeyMatch> toEnd, Optional<Search> search) {}

    /**
     * A search for paths.
     *
     * @param selection which paths are wanted
     * @param keys the columns of a vertex that tell apart all vertices on the way
     * @param edgeKeys how many columns of a hop, after those of its ends, tell apart edges
     * @param priced whether the column after these is a hop's cost
     */
    public record Search(PathSelection selection, List<Integer> keys, int edgeKeys, boolean priced) {
        public Search {
            keys = List.copyOf(keys);
        }
    }
}
