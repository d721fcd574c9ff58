package io.kadedb.parser.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Keeps the shape of the patterns, so that a copy can be made from operands alone. */
final class SqlGraphTableOperator extends SqlSpecialOperator {
    private final List<MatchClause> shape;

    SqlGraphTableOperator(List<MatchClause> shape) {
        super("GRAPH_TABLE", SqlKind.OTHER_FUNCTION);
        this.shape = shape;
    }

    @Override
    @SuppressWarnings("NullAway") // operands may be null
    public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, @Nullable SqlNode... operands) {
        Iterator<@Nullable SqlNode> next = Arrays.asList(operands).iterator();
        SqlIdentifier graph = (SqlIdentifier) next.next();
        List<MatchClause> clauses = new ArrayList<>();
        for (MatchClause clause : shape) {
            List<PathPattern> paths = new ArrayList<>();
            for (PathPattern path : clause.paths()) {
                List<PatternElement> elements = new ArrayList<>();
                for (PatternElement element : path.elements()) {
                    elements.add(element.withConditions(next));
                }
                paths.add(path.with(elements));
            }
            clauses.add(new MatchClause(clause.optional(), paths, Optional.ofNullable(next.next())));
        }
        return new SqlGraphTable(graph, clauses, (SqlNodeList) next.next(), pos);
    }
}
