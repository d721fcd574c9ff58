package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.graph.Direction;
import io.kadedb.parser.graph.PathPattern;
import io.kadedb.parser.graph.PatternElement;
import io.kadedb.parser.graph.Quantifier;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;

/** The variables of a match and how they hang together, each with the tables it can be of. */
final class Pattern {
    /** Longest chain of edges that a quantifier may ask for. */
    static final int MAX_HOPS = 12;

    private final PropertyGraphDefinition graph;
    private final ElementSql sql;
    private final Map<String, Element> elements = new LinkedHashMap<>();
    private final List<SqlNode> conditions = new ArrayList<>();
    private final Map<String, SqlNode> hopConditions = new LinkedHashMap<>();
    private int anonymous;

    Pattern(PropertyGraphDefinition graph, List<PathPattern> paths, ElementSql sql) {
        this.graph = graph;
        this.sql = sql;
        paths.forEach(this::add);
        narrow();
    }

    Map<String, Element> elements() {
        return elements;
    }

    List<Element.Edge> edges() {
        return elements.values().stream()
                .filter(Element.Edge.class::isInstance)
                .map(Element.Edge.class::cast)
                .toList();
    }

    /** The WHEREs of elements that are not repeated. */
    List<SqlNode> conditions() {
        return conditions;
    }

    /** The WHERE of each repeated edge, by variable. */
    Map<String, SqlNode> hopConditions() {
        return hopConditions;
    }

    private void add(PathPattern path) {
        List<PatternElement> parts = path.elements();
        Element.Vertex left = vertex((PatternElement.Vertex) parts.getFirst());
        for (int i = 1; i + 1 < parts.size(); i += 2) {
            Element.Vertex right = vertex((PatternElement.Vertex) parts.get(i + 1));
            edge((PatternElement.Edge) parts.get(i), left, right);
            left = right;
        }
    }

    private String name(PatternElement element) {
        return element.variable().map(Name::text).orElseGet(() -> "$" + anonymous++);
    }

    private Element.Vertex vertex(PatternElement.Vertex written) {
        checkLabels(written, graph.vertexTables().stream().map(PropertyGraphDefinition.VertexTable::element));
        Set<Integer> tables = new LinkedHashSet<>();
        for (int i = 0; i < graph.vertexTables().size(); i++) {
            if (Element.carries(graph.vertexTables().get(i).element(), written.labels())) {
                tables.add(i);
            }
        }
        written.where().ifPresent(conditions::add);
        String name = name(written);
        Element known = elements.get(name);
        if (known instanceof Element.Vertex vertex) {
            vertex.tables().retainAll(tables);
            return vertex;
        }
        if (known != null) {
            throw repeated(written);
        }
        Element.Vertex vertex = new Element.Vertex(name, written.pos(), tables);
        elements.put(name, vertex);
        return vertex;
    }

    private static KadeException repeated(PatternElement element) {
        return KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "an edge variable that stands twice in a pattern is not built")
                .at(Positions.of(element.pos()));
    }

    private void edge(PatternElement.Edge written, Element.Vertex left, Element.Vertex right) {
        checkLabels(written, graph.edgeTables().stream().map(EdgeTable::element));
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
        String name = name(written);
        if (elements.containsKey(name)) {
            throw repeated(written);
        }
        int min = written.quantifier().map(Quantifier::min).orElse(1);
        int max = written.quantifier().map(Quantifier::max).orElse(1);
        if (max > MAX_HOPS) {
            String message = max == Quantifier.UNBOUNDED
                    ? "quantifiers without an upper bound are not built"
                    : "quantifiers over " + MAX_HOPS + " are not built";
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, message)
                    .at(Positions.of(written.pos()))
                    .hint("give an upper bound of at most " + MAX_HOPS + ", as in {1," + MAX_HOPS + "}");
        }
        boolean quantified = written.quantifier().isPresent();
        written.where().ifPresent(where -> {
            if (quantified) {
                hopConditions.put(name, where);
            } else {
                conditions.add(where);
            }
        });
        elements.put(name, new Element.Edge(name, written.pos(), left, right, steps, quantified, min, max));
    }

    private static void checkLabels(PatternElement element, Stream<ElementTable> tables) {
        Set<String> known = new HashSet<>();
        tables.forEach(table -> table.labels().forEach(label -> known.add(label.name())));
        for (Name label : element.labels()) {
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

    /** Drops tables that no edge can connect, until nothing changes. */
    private void narrow() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Element.Edge edge : edges()) {
                if (!edge.quantified()) {
                    changed |= narrow(edge);
                }
            }
        }
    }

    private boolean narrow(Element.Edge edge) {
        boolean changed = edge.steps()
                .removeIf(step -> !edge.left().tables().contains(start(step))
                        || !edge.right().tables().contains(end(step)));
        Set<Integer> starts = new HashSet<>();
        Set<Integer> ends = new HashSet<>();
        edge.steps().forEach(step -> {
            starts.add(start(step));
            ends.add(end(step));
        });
        changed |= edge.left().tables().retainAll(starts);
        changed |= edge.right().tables().retainAll(ends);
        return changed;
    }

    int start(Element.Step step) {
        EdgeTable edge = graph.edgeTables().get(step.edgeTable());
        return sql.vertexTable(step.forward() ? edge.source() : edge.destination());
    }

    int end(Element.Step step) {
        return start(new Element.Step(step.edgeTable(), !step.forward()));
    }
}
