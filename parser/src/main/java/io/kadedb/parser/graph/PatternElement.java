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

    PatternElement withWhere(Optional<SqlNode> condition);

    /** {@code (p IS person WHERE p.age > 3)}. */
    record Vertex(Optional<Name> variable, Optional<LabelExpression> labels, Optional<SqlNode> where, SqlParserPos pos)
            implements PatternElement {
        @Override
        public Optional<Quantifier> quantifier() {
            return Optional.empty();
        }

        @Override
        public Vertex withWhere(Optional<SqlNode> condition) {
            return new Vertex(variable, labels, condition, pos);
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
            Direction direction,
            Optional<Quantifier> quantifier,
            SqlParserPos pos)
            implements PatternElement {
        @Override
        public Edge withWhere(Optional<SqlNode> condition) {
            return new Edge(variable, labels, condition, direction, quantifier, pos);
        }
    }

    /**
     * {@code ((a)-[e]->(b) WHERE a.x < b.x){1,3}}.
     *
     * @param elements vertices and edges in turn, vertices at both ends
     * @param quantifier what is inside are group variables when there is one
     */
    record Group(
            List<PatternElement> elements, Optional<SqlNode> where, Optional<Quantifier> quantifier, SqlParserPos pos)
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

        @Override
        public Group withWhere(Optional<SqlNode> condition) {
            return new Group(elements, condition, quantifier, pos);
        }
    }

    /** The conditions of an element and of those in it, in order; null where there is none. */
    default void addConditions(List<@Nullable SqlNode> out) {
        if (this instanceof Group group) {
            group.elements.forEach(element -> element.addConditions(out));
        }
        out.add(where().orElse(null));
    }

    /** The same element with other conditions, in the order of {@link #addConditions}. */
    default PatternElement withConditions(Iterator<@Nullable SqlNode> conditions) {
        if (!(this instanceof Group group)) {
            return withWhere(Optional.ofNullable(conditions.next()));
        }
        List<PatternElement> elements = new ArrayList<>();
        group.elements.forEach(element -> elements.add(element.withConditions(conditions)));
        return new Group(elements, Optional.ofNullable(conditions.next()), group.quantifier, group.pos);
    }
}
