package io.kadedb.parser.graph;

import java.util.List;

/** A path: vertex, edge, vertex, ... It starts and ends with a vertex; the parser fills in anonymous ones. */
public record PathPattern(List<PatternElement> elements) {
    public PathPattern {
        elements = List.copyOf(elements);
        if (elements.size() % 2 == 0) {
            throw new IllegalArgumentException("a path has one vertex more than edges");
        }
        for (int i = 0; i < elements.size(); i++) {
            if ((i % 2 == 0) != (elements.get(i) instanceof PatternElement.Vertex)) {
                throw new IllegalArgumentException("vertices and edges must take turns");
            }
        }
    }
}
