package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.graph.MatchClause;
import io.kadedb.parser.graph.PathMode;
import io.kadedb.parser.graph.PathPattern;
import io.kadedb.parser.graph.PathPrefix;
import io.kadedb.parser.graph.PatternElement;
import io.kadedb.parser.graph.Quantifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The variables of a match and how they hang together, each with the tables it can be of. */
final class Pattern {
    private final Candidates candidates;
    private final Map<String, Element> elements = new LinkedHashMap<>();
    private final Map<String, List<Element.Edge>> paths = new LinkedHashMap<>();
    private final List<List<SqlNode>> conditions = new ArrayList<>();
    private final Map<String, SqlNode> hopConditions = new LinkedHashMap<>();
    private final Map<String, SqlNode> hopCosts = new LinkedHashMap<>();
    private final Map<Element.Vertex, Element.Vertex> stands = new LinkedHashMap<>();
    /** The names of variables within paths in parentheses, and the paths. */
    private final Set<String> innerNames = new LinkedHashSet<>();

    private final Map<String, Element.Edge> owners = new LinkedHashMap<>();
    private int anonymous;

    Pattern(PropertyGraphDefinition graph, List<MatchClause> clauses, ElementSql sql) {
        this.candidates = new Candidates(graph, sql);
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

    /** The cost of each repeated edge that has one, by variable. */
    Map<String, SqlNode> hopCosts() {
        return hopCosts;
    }

    /** Vertices of optional parts that are, under another name, vertices of parts before. */
    Map<Element.Vertex, Element.Vertex> stands() {
        return stands;
    }

    Candidates candidates() {
        return candidates;
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
            edges.add(
                    switch (parts.get(i)) {
                        case PatternElement.Edge edge -> edge(edge, left, right, path.prefix());
                        case PatternElement.Group group -> group(group, left, right, path.prefix());
                        case PatternElement.Vertex vertex -> throw new IllegalStateException("two vertices: " + vertex);
                    });
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
        Set<Integer> tables = candidates.vertexTables(written);
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
        if (known(name)) {
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
        Set<Element.Step> steps = candidates.steps(written);
        String name = name(written);
        if (known(name)) {
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
                repeat,
                Optional.empty());
        elements.put(name, edge);
        written.cost().ifPresent(cost -> hopCosts.put(name, cost));
        return edge;
    }

    /** A path in parentheses: an edge with a body, whose variables are names of their own. */
    private Element.Edge group(
            PatternElement.Group written, Element.Place left, Element.Place right, PathPrefix prefix) {
        List<Element.Vertex> vertices = new ArrayList<>();
        List<Element.Edge> edges = new ArrayList<>();
        List<SqlNode> all = new ArrayList<>();
        for (PatternElement part : written.elements()) {
            part.where().ifPresent(all::add);
            if (part instanceof PatternElement.Vertex vertex) {
                vertices.add(
                        new Element.Vertex(innerName(vertex), vertex.pos(), clause(), candidates.vertexTables(vertex)));
            }
        }
        written.where().ifPresent(all::add);
        for (PatternElement part : written.elements()) {
            if (part instanceof PatternElement.Edge edge) {
                Element.Vertex start = vertices.get(edges.size());
                Element.Vertex end = vertices.get(edges.size() + 1);
                edges.add(new Element.Edge(
                        innerName(edge),
                        edge.pos(),
                        clause(),
                        new Element.Place(start, start.tables()),
                        new Element.Place(end, end.tables()),
                        candidates.steps(edge),
                        Optional.empty(),
                        Optional.empty()));
            }
        }
        while (edges.stream().map(candidates::narrow).reduce(false, Boolean::logicalOr)) {
            // what one edge rules out, others may follow
        }
        if (edges.size() > 1 && prefix.mode() != PathMode.WALK) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a path mode over a quantified path of several edges is not supported yet")
                    .at(Positions.of(written.pos()));
        }
        Body body = new Body(vertices, edges);
        Quantifier times = written.quantifier().orElseThrow();
        Element.Edge edge = new Element.Edge(
                "$" + anonymous++,
                written.pos(),
                clause(),
                standing(left),
                standing(right),
                edges.getFirst().steps(),
                Optional.of(new Element.Repeat(times.min(), times.max(), prefix)),
                Optional.of(body));
        body.elements().forEach(element -> owners.put(element.variable(), edge));
        all.stream()
                .reduce((one, other) -> SqlStdOperatorTable.AND.createCall(other.getParserPosition(), one, other))
                .ifPresent(condition -> hopConditions.put(edge.variable(), condition));
        written.cost().ifPresent(cost -> hopCosts.put(edge.variable(), cost));
        elements.put(edge.variable(), edge);
        return edge;
    }

    /** A name that stands once in the whole pattern. */
    private String innerName(PatternElement element) {
        String name = name(element);
        if (known(name) || !innerNames.add(name)) {
            throw repeated(element);
        }
        return name;
    }

    private boolean known(String name) {
        return elements.containsKey(name) || innerNames.contains(name);
    }

    /** The variable of a name, also one within a path in parentheses. */
    Optional<Element> element(String name) {
        Element.Edge owner = owners.get(name);
        return owner == null
                ? Optional.ofNullable(elements.get(name))
                : owner.body().flatMap(body -> body.element(name));
    }

    /** The repeated edge or path that a variable stands for many elements of; empty for a single element. */
    Optional<Element.Edge> group(Element element) {
        Element.Edge owner = owners.get(element.variable());
        return owner == null && element instanceof Element.Edge edge && edge.isRepeated()
                ? Optional.of(edge)
                : Optional.ofNullable(owner);
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

    /** Drops tables that no edge can connect, until nothing changes. */
    private void narrow() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Element.Edge edge : edges()) {
                if (!edge.isRepeated()) {
                    changed |= candidates.narrow(edge);
                }
            }
        }
    }

    /** The vertex tables through which an edge may lead. */
    Set<Integer> passed(Element.Edge edge) {
        Set<Integer> passed = candidates.starts(edge.firstSteps());
        passed.addAll(candidates.ends(edge.lastSteps()));
        return passed;
    }

    /** The vertex tables among which the keys at one end of an edge must be told apart. */
    Set<Integer> touching(Element.Edge edge, boolean left) {
        Element.Place place = left ? edge.left() : edge.right();
        Set<Integer> tables = new LinkedHashSet<>(place.vertex().tables());
        tables.addAll(left ? candidates.starts(edge.firstSteps()) : candidates.ends(edge.lastSteps()));
        return tables;
    }

    int clauses() {
        return conditions.size();
    }
}
