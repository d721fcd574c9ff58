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
    private final List<PathPattern> shape;

    SqlGraphTableOperator(List<PathPattern> shape) {
        super("GRAPH_TABLE", SqlKind.OTHER_FUNCTION);
        this.shape = shape;
    }

    @Override
    @SuppressWarnings("NullAway") // operands may be null
    public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, @Nullable SqlNode... operands) {
        Iterator<@Nullable SqlNode> next = Arrays.asList(operands).iterator();
        SqlIdentifier graph = (SqlIdentifier) next.next();
        List<PathPattern> paths = new ArrayList<>();
        for (PathPattern path : shape) {
            List<PatternElement> elements = new ArrayList<>();
            for (PatternElement element : path.elements()) {
                elements.add(element.withWhere(Optional.ofNullable(next.next())));
            }
            paths.add(new PathPattern(elements));
        }
        Optional<SqlNode> where = Optional.ofNullable(next.next());
        return new SqlGraphTable(graph, paths, where, (SqlNodeList) next.next(), pos);
    }
}
