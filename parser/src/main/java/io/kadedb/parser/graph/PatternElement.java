package io.kadedb.parser.graph;

import io.kadedb.parser.ast.Name;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A vertex or an edge of a path pattern, or a part of it in parentheses, which stands where an edge does. */
public sealed interface PatternElement {
    /** Empty for an anonymous element. */
    Optional<Name> variable();

    /** Empty for any element, also one without a label. */
    Optional<LabelExpression> labels();

    /** The element's own WHERE; a part in parentheses has those of its elements before it. */
    Optional<SqlNode> where();

    SqlParserPos pos();

    /** Empty where none is written. */
    Optional<Quantifier> quantifier();

    /** What taking it costs, for the cheapest paths. */
    Optional<SqlNode> cost();

    /** {@code (p IS person WHERE p.age > 3)}. */
    record Vertex(Optional<Name> variable, Optional<LabelExpression> labels, Optional<SqlNode> where, SqlParserPos pos)
            implements PatternElement {
        @Override
        public Optional<Quantifier> quantifier() {
            return Optional.empty();
        }

        @Override
        public Optional<SqlNode> cost() {
            return Optional.empty();
        }
    }

    /**
     * {@code -[e IS knows WHERE e.since > 3]->}.
     *
     * @param quantifier empty when none is written; {@code e} is a group variable when there is one
     */
    record Edge(
            Optional<Name> variable,
            Optional<LabelExpression> labels,
            Optional<SqlNode> where,
            Optional<SqlNode> cost,
            Direction direction,
            Optional<Quantifier> quantifier,
            SqlParserPos pos)
            implements PatternElement {}

    /**
     * {@code ((a)-[e]->(b) WHERE a.x < b.x){1,3}}.
     *
     * @param elements vertices and edges in turn, vertices at both ends
     * @param quantifier what is inside are group variables when there is one
     */
    record Group(
            List<PatternElement> elements,
            Optional<SqlNode> where,
            Optional<SqlNode> cost,
            Optional<Quantifier> quantifier,
            SqlParserPos pos)
            implements PatternElement {
        public Group {
            elements = List.copyOf(elements);
        }

        @Override
        public Optional<Name> variable() {
            return Optional.empty();
        }

        @Override
        public Optional<LabelExpression> labels() {
            return Optional.empty();
        }
    }

    /** The conditions and costs of an element and of those in it, in order; null where there is none. */
    default void addConditions(List<@Nullable SqlNode> out) {
        if (this instanceof Group group) {
            group.elements.forEach(element -> element.addConditions(out));
        }
        out.add(where().orElse(null));
        if (!(this instanceof Vertex)) {
            out.add(cost().orElse(null));
        }
    }

    /** The same element with other conditions, in the order of {@link #addConditions}. */
    default PatternElement withConditions(Iterator<@Nullable SqlNode> conditions) {
        return switch (this) {
            case Vertex vertex ->
                new Vertex(vertex.variable, vertex.labels, Optional.ofNullable(conditions.next()), vertex.pos);
            case Edge edge ->
                new Edge(
                        edge.variable,
                        edge.labels,
                        Optional.ofNullable(conditions.next()),
                        Optional.ofNullable(conditions.next()),
                        edge.direction,
                        edge.quantifier,
                        edge.pos);
            case Group group -> {
                List<PatternElement> elements = new ArrayList<>();
                group.elements.forEach(element -> elements.add(element.withConditions(conditions)));
                yield new Group(
                        elements,
                        Optional.ofNullable(conditions.next()),
                        Optional.ofNullable(conditions.next()),
                        group.quantifier,
                        group.pos);
            }
        };
    }
}
