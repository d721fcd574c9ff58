package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.Property;
import io.kadedb.parser.ast.Name;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A variable of a pattern while it is being translated. */
abstract sealed class Element {
    private final String variable;
    private final SqlParserPos pos;
    /** The properties that expressions use. */
    private final Set<String> used = new TreeSet<>();

    Element(String variable, SqlParserPos pos) {
        this.variable = variable;
        this.pos = pos;
    }

    /** Where it is declared. */
    SqlParserPos pos() {
        return pos;
    }

    String variable() {
        return variable;
    }

    Set<String> used() {
        return used;
    }

    /** A vertex; it may stand in several places of the pattern. */
    static final class Vertex extends Element {
        /** Ordinals of the vertex tables it may be of. */
        private final Set<Integer> tables;

        Vertex(String variable, SqlParserPos pos, Set<Integer> tables) {
            super(variable, pos);
            this.tables = new LinkedHashSet<>(tables);
        }

        Set<Integer> tables() {
            return tables;
        }
    }

    /** One step from an edge's source to its destination, or back. */
    record Step(int edgeTable, boolean forward) {}

    /** An edge between two vertices of the pattern. */
    static final class Edge extends Element {
        private final Vertex left;
        private final Vertex right;
        private final Set<Step> steps;
        private final boolean quantified;
        private final int min;
        private final int max;

        Edge(
                String variable,
                SqlParserPos pos,
                Vertex left,
                Vertex right,
                Set<Step> steps,
                boolean quantified,
                int min,
                int max) {
            super(variable, pos);
            this.left = left;
            this.right = right;
            this.steps = new LinkedHashSet<>(steps);
            this.quantified = quantified;
            this.min = min;
            this.max = max;
        }

        Vertex left() {
            return left;
        }

        Vertex right() {
            return right;
        }

        Set<Step> steps() {
            return steps;
        }

        boolean quantified() {
            return quantified;
        }

        int min() {
            return min;
        }

        int max() {
            return max;
        }
    }

    /** Whether an element table carries one of the labels; no labels means any. */
    static boolean carries(ElementTable table, List<Name> labels) {
        return labels.isEmpty()
                || table.labels().stream()
                        .anyMatch(label ->
                                labels.stream().anyMatch(name -> name.text().equals(label.name())));
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
