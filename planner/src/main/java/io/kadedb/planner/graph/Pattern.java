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
import io.kadedb.parser.graph.MatchClause;
import io.kadedb.parser.graph.PathPattern;
import io.kadedb.parser.graph.PathPrefix;
import io.kadedb.parser.graph.PatternElement;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The variables of a match and how they hang together, each with the tables it can be of. */
final class Pattern {
    private final PropertyGraphDefinition graph;
    private final ElementSql sql;
    private final Map<String, Element> elements = new LinkedHashMap<>();
    private final Map<String, List<Element.Edge>> paths = new LinkedHashMap<>();
    private final List<List<SqlNode>> conditions = new ArrayList<>();
    private final Map<String, SqlNode> hopConditions = new LinkedHashMap<>();
    private final Map<Element.Vertex, Element.Vertex> stands = new LinkedHashMap<>();
    private int anonymous;

    Pattern(PropertyGraphDefinition graph, List<MatchClause> clauses, ElementSql sql) {
        this.graph = graph;
        this.sql = sql;
        for (MatchClause clause : clauses) {
            conditions.add(new ArrayList<>());
            clause.paths().forEach(this::add);
            clause.where().ifPresent(conditions.getLast()::add);
        }
        narrow();
    }

    Map<String, Element> elements() {
        return elements;
    }

    /** The variables that a MATCH declares. */
    List<Element> elements(int clause) {
        return elements.values().stream()
                .filter(element -> element.clause() == clause)
                .toList();
    }

    List<Element.Edge> edges() {
        return elements.values().stream()
                .filter(Element.Edge.class::isInstance)
                .map(Element.Edge.class::cast)
                .toList();
    }

    /** The edges of the path of a name, if there is one. */
    Optional<List<Element.Edge>> path(String name) {
        return Optional.ofNullable(paths.get(name));
    }

    /** The WHERE of a MATCH and those of its elements that are not repeated. */
    List<SqlNode> conditions(int clause) {
        return conditions.get(clause);
    }

    /** The WHERE of each repeated edge, by variable. */
    Map<String, SqlNode> hopConditions() {
        return hopConditions;
    }

    /** Vertices of optional parts that are, under another name, vertices of parts before. */
    Map<Element.Vertex, Element.Vertex> stands() {
        return stands;
    }

    private int clause() {
        return conditions.size() - 1;
    }

    private void add(PathPattern path) {
        List<PatternElement> parts = path.elements();
        List<Element.Edge> edges = new ArrayList<>();
        Element.Place left = vertex((PatternElement.Vertex) parts.getFirst());
        for (int i = 1; i + 1 < parts.size(); i += 2) {
            Element.Place right = vertex((PatternElement.Vertex) parts.get(i + 1));
            edges.add(edge((PatternElement.Edge) parts.get(i), left, right, path.prefix()));
            left = right;
        }
        if (!path.prefix().equals(PathPrefix.NONE)
                && (edges.size() != 1 || !edges.getFirst().isRepeated())) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a path mode or selector over other than one repeated edge is not supported yet")
                    .at(Positions.of(parts.getFirst().pos()))
                    .hint("write the path as (a)-[e]->+(b), and the rest as patterns of their own");
        }
        if (edges.isEmpty() && left.vertex().clause() != clause()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "an optional pattern without an edge is not supported yet")
                    .at(Positions.of(parts.getFirst().pos()));
        }
        path.variable().ifPresent(name -> declarePath(name, edges));
    }

    private void declarePath(Name name, List<Element.Edge> edges) {
        if (elements.containsKey(name.text()) || paths.putIfAbsent(name.text(), edges) != null) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_ALIAS, "variable \"" + name.text() + "\" stands for several things")
                    .at(name.position());
        }
    }

    private String name(PatternElement element) {
        return element.variable().map(Name::text).orElseGet(() -> "$" + anonymous++);
    }

    private Element.Place vertex(PatternElement.Vertex written) {
        checkLabels(written, graph.vertexTables().stream().map(PropertyGraphDefinition.VertexTable::element));
        Set<Integer> tables = new LinkedHashSet<>();
        for (int i = 0; i < graph.vertexTables().size(); i++) {
            if (Element.carries(graph.vertexTables().get(i).element(), written.labels())) {
                tables.add(i);
            }
        }
        written.where().ifPresent(conditions.getLast()::add);
        String name = name(written);
        Element known = elements.get(name);
        if (known instanceof Element.Vertex vertex && vertex.clause() == clause()) {
            vertex.tables().retainAll(tables);
            return new Element.Place(vertex, vertex.tables());
        }
        if (known instanceof Element.Vertex vertex) {
            tables.retainAll(vertex.tables());
            return new Element.Place(vertex, tables);
        }
        if (known != null) {
            throw repeated(written);
        }
        return declared(name, written.pos(), tables);
    }

    private Element.Place declared(String name, SqlParserPos pos, Set<Integer> tables) {
        Element.Vertex vertex = new Element.Vertex(name, pos, clause(), tables);
        elements.put(name, vertex);
        return new Element.Place(vertex, vertex.tables());
    }

    private static KadeException repeated(PatternElement element) {
        return KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "an edge variable that stands twice in a pattern is not built")
                .at(Positions.of(element.pos()));
    }

    private Element.Edge edge(PatternElement.Edge written, Element.Place left, Element.Place right, PathPrefix prefix) {
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
        String name = name(written);
        if (elements.containsKey(name)) {
            throw repeated(written);
        }
        Optional<Element.Repeat> repeat =
                written.quantifier().map(times -> new Element.Repeat(times.min(), times.max(), prefix));
        written.where().ifPresent(where -> {
            if (repeat.isPresent()) {
                hopConditions.put(name, where);
            } else {
                conditions.getLast().add(where);
            }
        });
        Element.Edge edge = new Element.Edge(
                name,
                written.pos(),
                clause(),
                repeat.isPresent() ? standing(left) : left,
                repeat.isPresent() ? standing(right) : right,
                steps,
                repeat);
        elements.put(name, edge);
        return edge;
    }

    /** A repeated edge needs both ends in its own clause, so one declared before gets a second name. */
    private Element.Place standing(Element.Place place) {
        if (place.vertex().clause() == clause()) {
            return place;
        }
        Element.Place own = declared("$" + anonymous++, place.vertex().pos(), place.tables());
        stands.put(own.vertex(), place.vertex());
        return own;
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

    /** Drops tables that no edge can connect, until nothing changes. */
    private void narrow() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Element.Edge edge : edges()) {
                if (!edge.isRepeated()) {
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

    /** The vertex tables through which an edge may lead. */
    Set<Integer> passed(Element.Edge edge) {
        Set<Integer> passed = new LinkedHashSet<>();
        edge.steps().forEach(step -> {
            passed.add(start(step));
            passed.add(end(step));
        });
        return passed;
    }

    /** The vertex tables among which the keys at one end of an edge must be told apart. */
    Set<Integer> touching(Element.Edge edge, boolean left) {
        Element.Place place = left ? edge.left() : edge.right();
        Set<Integer> tables = new LinkedHashSet<>(place.vertex().tables());
        edge.steps().forEach(step -> tables.add(left ? start(step) : end(step)));
        return tables;
    }

    int clauses() {
        return conditions.size();
    }
}
