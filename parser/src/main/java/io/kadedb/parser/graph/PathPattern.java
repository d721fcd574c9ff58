package io.kadedb.parser.graph;

import io.kadedb.parser.ast.Name;
import java.util.List;
import java.util.Optional;

/**
 * A path: vertex, edge, vertex, ... It starts and ends with a vertex; the parser fills in anonymous ones.
 *
 * @param variable the path's own name
 */
public record PathPattern(Optional<Name> variable, PathPrefix prefix, List<PatternElement> elements) {
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

    PathPattern with(List<PatternElement> others) {
        return new PathPattern(variable, prefix, others);
    }
}
