package io.kadedb.parser.graph;

import io.kadedb.parser.ast.Name;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A vertex or an edge of a path pattern. */
public sealed interface PatternElement {
    /** Empty for an anonymous element. */
    Optional<Name> variable();

    /** Empty for any element, also one without a label. */
    Optional<LabelExpression> labels();

    /** The element's own WHERE. */
    Optional<SqlNode> where();

    SqlParserPos pos();

    PatternElement withWhere(Optional<SqlNode> condition);

    /** {@code (p IS person WHERE p.age > 3)}. */
    record Vertex(Optional<Name> variable, Optional<LabelExpression> labels, Optional<SqlNode> where, SqlParserPos pos)
            implements PatternElement {
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
}
