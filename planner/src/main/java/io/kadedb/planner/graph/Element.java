package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.Property;
import io.kadedb.parser.graph.LabelExpression;
import io.kadedb.parser.graph.PathMode;
import io.kadedb.parser.graph.PathPrefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A variable of a pattern while it is being translated. */
abstract sealed class Element {
    private final String variable;
    private final SqlParserPos pos;
    private final int clause;
    /** The properties that expressions use. */
    private final Set<String> used = new TreeSet<>();

    Element(String variable, SqlParserPos pos, int clause) {
        this.variable = variable;
        this.pos = pos;
        this.clause = clause;
    }

    String variable() {
        return variable;
    }

    /** Where it is declared. */
    SqlParserPos pos() {
        return pos;
    }

    /** The MATCH that declares it: 0, or an optional one. */
    int clause() {
        return clause;
    }

    Set<String> used() {
        return used;
    }

    /** A vertex; it may stand in several places of the pattern. */
    static final class Vertex extends Element {
        /** Ordinals of the vertex tables it may be of. */
        private final Set<Integer> tables;

        Vertex(String variable, SqlParserPos pos, int clause, Set<Integer> tables) {
            super(variable, pos, clause);
            this.tables = new LinkedHashSet<>(tables);
        }

        Set<Integer> tables() {
            return tables;
        }
    }

    /**
     * A vertex where a path begins or ends.
     *
     * @param tables it may be of as far as this place tells; the vertex's own if its clause declares it
     */
    record Place(Vertex vertex, Set<Integer> tables) {}

    /** One step from an edge's source to its destination, or back. */
    record Step(int edgeTable, boolean forward) {}

    /**
     * How often an edge repeats.
     *
     * @param prefix which of the paths are wanted
     */
    record Repeat(int min, int max, PathPrefix prefix) {
        /** Whether an edge has to be told from others. */
        boolean tellsEdges() {
            return prefix.mode() == PathMode.TRAIL;
        }
    }

    /** An edge between two vertices of the pattern. */
    static final class Edge extends Element {
        /** Longest chain of edges that is joined; longer ones are searched for. */
        private static final int MOST_JOINED = 6;

        private final Place left;
        private final Place right;
        private final Set<Step> steps;
        private final Optional<Repeat> repeat;
        private final Optional<Body> body;
        /** What expressions aggregate over the edges it stands for. */
        private final List<SqlNode> aggregates = new ArrayList<>();

        Edge(
                String variable,
                SqlParserPos pos,
                int clause,
                Place left,
                Place right,
                Set<Step> steps,
                Optional<Repeat> repeat,
                Optional<Body> body) {
            super(variable, pos, clause);
            this.left = left;
            this.right = right;
            this.steps = new LinkedHashSet<>(steps);
            this.repeat = repeat;
            this.body = body;
        }

        Place left() {
            return left;
        }

        Place right() {
            return right;
        }

        Set<Step> steps() {
            return steps;
        }

        Optional<Repeat> repeat() {
            return repeat;
        }

        /** What repeats, if it is more than an edge. */
        Optional<Body> body() {
            return body;
        }

        /** The steps with which it begins. */
        Set<Step> firstSteps() {
            return body.map(b -> b.edges().getFirst().steps()).orElse(steps);
        }

        /** The steps with which it ends. */
        Set<Step> lastSteps() {
            return body.map(b -> b.edges().getLast().steps()).orElse(steps);
        }

        boolean isRepeated() {
            return repeat.isPresent();
        }

        List<SqlNode> aggregates() {
            return aggregates;
        }

        /** Whether its paths are searched for; else they are joined. */
        boolean isSearched() {
            return repeat.isPresent()
                    && (!repeat.get().prefix().equals(PathPrefix.NONE)
                            || repeat.get().max() > MOST_JOINED
                            || !aggregates.isEmpty());
        }
    }

    /** Whether an element table carries the labels asked for. */
    static boolean carries(ElementTable table, Optional<LabelExpression> labels) {
        return labels.isEmpty()
                || labels.get().matches(table.labels().stream().map(Label::name).collect(Collectors.toSet()));
    }

    /** The property of an element table, under any of its labels. */
    static Optional<Property> property(ElementTable table, String name) {
        return table.labels().stream()
                .map(Label::properties)
                .flatMap(List::stream)
                .filter(property -> property.name().equals(name))
                .findFirst();
    }

    /** The names of all properties of an element table. */
    static Set<String> properties(ElementTable table) {
        Set<String> names = new LinkedHashSet<>();
        table.labels().forEach(label -> label.properties().forEach(property -> names.add(property.name())));
        return names;
    }
}
