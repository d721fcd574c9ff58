package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.graph.Direction;
import io.kadedb.parser.graph.LabelExpression;
import io.kadedb.parser.graph.PatternElement;
import io.kadedb.planner.validate.Suggestions;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The tables that an element of a pattern can be of, by its labels and by what it stands beside. */
final class Candidates {
    private final PropertyGraphDefinition graph;
    private final ElementSql sql;

    Candidates(PropertyGraphDefinition graph, ElementSql sql) {
        this.graph = graph;
        this.sql = sql;
    }

    /** Ordinals of the vertex tables that carry the labels. */
    Set<Integer> vertexTables(PatternElement.Vertex written) {
        checkLabels(written, graph.vertexTables().stream().map(PropertyGraphDefinition.VertexTable::element));
        Set<Integer> tables = new LinkedHashSet<>();
        for (int i = 0; i < graph.vertexTables().size(); i++) {
            if (Element.carries(graph.vertexTables().get(i).element(), written.labels())) {
                tables.add(i);
            }
        }
        return tables;
    }

    /** The ways along the edge tables that carry the labels. */
    Set<Element.Step> steps(PatternElement.Edge written) {
        checkLabels(written, graph.edgeTables().stream().map(EdgeTable::element));
        if (graph.edgeTables().isEmpty()) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_OBJECT, "property graph \"" + graph.name() + "\" has no edge tables")
                    .at(Positions.of(written.pos()));
        }
        Set<Element.Step> steps = new LinkedHashSet<>();
        for (int i = 0; i < graph.edgeTables().size(); i++) {
            if (Element.carries(graph.edgeTables().get(i).element(), written.labels())) {
                if (written.direction() != Direction.LEFT) {
                    steps.add(new Element.Step(i, true));
                }
                if (written.direction() != Direction.RIGHT) {
                    steps.add(new Element.Step(i, false));
                }
            }
        }
        return steps;
    }

    private static void checkLabels(PatternElement element, Stream<ElementTable> tables) {
        Set<String> known = new HashSet<>();
        tables.forEach(table -> table.labels().forEach(label -> known.add(label.name())));
        for (Name label :
                element.labels().stream().flatMap(LabelExpression::names).toList()) {
            if (!known.contains(label.text())) {
                String kind = element instanceof PatternElement.Vertex ? "a vertex" : "an edge";
                throw KadeException.of(
                                ErrorCode.UNDEFINED_OBJECT,
                                "label \"" + label.text() + "\" is not of " + kind + " table of this graph")
                        .at(label.position())
                        .hint(Suggestions.hint(label.text(), known).orElse(null));
            }
        }
    }

    /** Drops tables that a single edge cannot connect; tells whether there were any. */
    boolean narrow(Element.Edge edge) {
        boolean changed = edge.steps()
                .removeIf(step -> !edge.left().tables().contains(start(step))
                        || !edge.right().tables().contains(end(step)));
        changed |= edge.left().tables().retainAll(starts(edge.steps()));
        changed |= edge.right().tables().retainAll(ends(edge.steps()));
        return changed;
    }

    /** The vertex tables where steps begin. */
    Set<Integer> starts(Set<Element.Step> steps) {
        Set<Integer> starts = new LinkedHashSet<>();
        steps.forEach(step -> starts.add(start(step)));
        return starts;
    }

    /** The vertex tables where steps end. */
    Set<Integer> ends(Set<Element.Step> steps) {
        Set<Integer> ends = new LinkedHashSet<>();
        steps.forEach(step -> ends.add(end(step)));
        return ends;
    }

    private int start(Element.Step step) {
        EdgeTable edge = graph.edgeTables().get(step.edgeTable());
        return sql.vertexTable(step.forward() ? edge.source() : edge.destination());
    }

    private int end(Element.Step step) {
        return start(new Element.Step(step.edgeTable(), !step.forward()));
    }
}
