package io.kadedb.planner.physical;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Algorithms over a property graph, as functions in FROM that give a row for each vertex: its key, and what the algorithm
 * found. Where LDBC Graphalytics defines one, it is as there.
 */
public enum GraphFunction {
    PAGERANK(
            List.of("pagerank", "page_rank"),
            "The share of a random walk's time that it spends at each vertex; with a source, of a walk that starts"
                    + " anew there.",
            List.of(new Output("score", Kind.NUMBER)),
            Sources.ALLOWED,
            Weights.NONE,
            List.of(
                    new Parameter("damping", 0.85, 0, 1, false),
                    new Parameter("iterations", 20, 0, 1_000_000, true),
                    new Parameter("tolerance", 0, 0, Double.MAX_VALUE, false))),
    WEAKLY_CONNECTED_COMPONENTS(
            List.of("weakly_connected_components", "weakly_connected_component", "wcc"),
            "The parts of the graph that edges connect, whichever way they point, each named by its least vertex.",
            List.of(new Output("component", Kind.VERTEX)),
            Sources.NONE,
            Weights.NONE,
            List.of()),
    STRONGLY_CONNECTED_COMPONENTS(
            List.of("strongly_connected_components", "strongly_connected_component", "scc"),
            "The parts of the graph within which every vertex reaches every other, each named by its least vertex.",
            List.of(new Output("component", Kind.VERTEX)),
            Sources.NONE,
            Weights.NONE,
            List.of()),
    BFS(
            List.of("bfs"),
            "The fewest edges from a source to each vertex; NULL where none leads.",
            List.of(new Output("distance", Kind.COUNT)),
            Sources.NEEDED,
            Weights.NONE,
            List.of(new Parameter("max_depth", Integer.MAX_VALUE, 0, Integer.MAX_VALUE, true))),
    SSSP(
            List.of("sssp"),
            "The least sum of weights on a path from a source to each vertex; NULL where none leads. Edges weigh 1"
                    + " unless told.",
            List.of(new Output("distance", Kind.NUMBER)),
            Sources.NEEDED,
            Weights.ALLOWED,
            List.of()),
    TRIANGLE_COUNT(
            List.of("triangle_count"),
            "How many triangles each vertex is a corner of, whichever way edges point; several edges between two"
                    + " vertices count once, loops never.",
            List.of(new Output("triangles", Kind.LONG)),
            Sources.NONE,
            Weights.NONE,
            List.of()),
    LOCAL_CLUSTERING_COEFFICIENT(
            List.of("local_clustering_coefficient", "lcc"),
            "The share of pairs of a vertex's neighbours between which there is an edge.",
            List.of(new Output("coefficient", Kind.NUMBER)),
            Sources.NONE,
            Weights.NONE,
            List.of()),
    K_CORE(
            List.of("k_core", "k_core_decomposition"),
            "The largest k for which a vertex is in a part of the graph where all have k neighbours or more, whichever"
                    + " way edges point.",
            List.of(new Output("core", Kind.COUNT)),
            Sources.NONE,
            Weights.NONE,
            List.of()),
    LABEL_PROPAGATION(
            List.of("label_propagation", "cdlp"),
            "Communities: in each round every vertex takes the label that most of its edges bring, the least of"
                    + " several.",
            List.of(new Output("label", Kind.VERTEX)),
            Sources.NONE,
            Weights.NONE,
            List.of(new Parameter("iterations", 10, 0, 1_000_000, true)));

    /** What a column of the result holds. */
    public enum Kind {
        /** DOUBLE PRECISION. */
        NUMBER,
        /** BIGINT from 32 bits; NULL for none. */
        COUNT,
        /** BIGINT. */
        LONG,
        /** A vertex: its key, if that is one column, else its place among the graph's vertices by key, from 0. */
        VERTEX
    }

    /** Whether sources are told. */
    public enum Sources {
        NONE,
        ALLOWED,
        NEEDED
    }

    /** Whether edges may have weights. */
    public enum Weights {
        NONE,
        ALLOWED
    }

    /** A column of the result, behind the vertex's key. */
    public record Output(String name, Kind kind) {}

    /**
     * A number that tells the algorithm how far to go.
     *
     * @param whole whether only integers are taken
     */
    public record Parameter(String name, double initial, double least, double most, boolean whole) {}

    private final List<String> names;
    private final String description;
    private final List<Output> outputs;
    private final Sources sources;
    private final Weights weights;
    private final List<Parameter> parameters;

    GraphFunction(
            List<String> names,
            String description,
            List<Output> outputs,
            Sources sources,
            Weights weights,
            List<Parameter> parameters) {
        this.names = names;
        this.description = description;
        this.outputs = outputs;
        this.sources = sources;
        this.weights = weights;
        this.parameters = parameters;
    }

    /** The function of a name, if it is one. */
    public static Optional<GraphFunction> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(values()).filter(f -> f.names.contains(lower)).findFirst();
    }

    public String sqlName() {
        return names.getFirst();
    }

    /** The name it has first, and those that other systems give it. */
    public List<String> names() {
        return names;
    }

    /** One sentence for the generated {@code docs/functions.md}. */
    public String description() {
        return description;
    }

    public List<Output> outputs() {
        return outputs;
    }

    public Sources sources() {
        return sources;
    }

    public Weights weights() {
        return weights;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** Whether it makes a difference which way edges point. */
    public boolean readsDirections() {
        return switch (this) {
            case PAGERANK, BFS, SSSP, LOCAL_CLUSTERING_COEFFICIENT, LABEL_PROPAGATION -> true;
            case WEAKLY_CONNECTED_COMPONENTS, STRONGLY_CONNECTED_COMPONENTS, TRIANGLE_COUNT, K_CORE -> false;
        };
    }
}
