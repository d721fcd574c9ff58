package io.kadedb.parser.graph;

import java.util.Set;

/** The names of graph algorithms in FROM, whose arguments are told by place or by name in any order. */
public final class GraphFunctions {
    /** All names; those that the planner knows. */
    public static final Set<String> NAMES = Set.of(
            "pagerank",
            "page_rank",
            "weakly_connected_components",
            "weakly_connected_component",
            "wcc",
            "strongly_connected_components",
            "strongly_connected_component",
            "scc",
            "bfs",
            "sssp",
            "triangle_count",
            "local_clustering_coefficient",
            "lcc",
            "k_core",
            "k_core_decomposition",
            "label_propagation",
            "cdlp");

    private GraphFunctions() {}
}
