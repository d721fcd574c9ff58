package io.kadedb.planner.graph;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a path in parentheses stands for each time it repeats: vertices and single edges in turn.
 *
 * @param vertices one more than there are edges
 */
record Body(List<Element.Vertex> vertices, List<Element.Edge> edges) {
    Body {
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
    }

    /** Its element of a name. */
    Optional<Element> element(String variable) {
        return elements().filter(element -> element.variable().equals(variable)).findFirst();
    }

    Stream<Element> elements() {
        return Stream.concat(vertices.stream(), edges.stream());
    }
}
