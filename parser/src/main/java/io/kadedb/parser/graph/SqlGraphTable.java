package io.kadedb.parser.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code GRAPH_TABLE (graph MATCH patterns WHERE condition COLUMNS (...))} as written, an item of FROM. The planner turns
 * it into a SELECT before validation.
 *
 * <p>Its operands are the graph's name, the WHERE of every element in order (null where there is none), the overall WHERE
 * and the columns, so that a {@code SqlShuttle} reaches and copies all expressions.
 */
public final class SqlGraphTable extends SqlCall {
    private final SqlIdentifier graph;
    private final List<PathPattern> paths;
    private final Optional<SqlNode> where;
    private final SqlNodeList columns;

    /**
     * A match.
     *
     * @param columns expressions, with {@code AS} where a name was given; {@code p.*} is a star identifier
     */
    public SqlGraphTable(
            SqlIdentifier graph,
            List<PathPattern> paths,
            Optional<SqlNode> where,
            SqlNodeList columns,
            SqlParserPos pos) {
        super(pos);
        this.graph = graph;
        this.paths = List.copyOf(paths);
        this.where = where;
        this.columns = columns;
    }

    public SqlIdentifier graph() {
        return graph;
    }

    /** The comma-separated patterns; a variable in several of them is one element. */
    public List<PathPattern> paths() {
        return paths;
    }

    public Optional<SqlNode> where() {
        return where;
    }

    public SqlNodeList columns() {
        return columns;
    }

    @Override
    public SqlOperator getOperator() {
        return new SqlGraphTableOperator(paths);
    }

    @Override
    @SuppressWarnings("NullAway") // a SqlCall's operand list may hold nulls
    public List<SqlNode> getOperandList() {
        List<SqlNode> operands = new ArrayList<>();
        operands.add(graph);
        for (PathPattern path : paths) {
            for (PatternElement element : path.elements()) {
                operands.add(element.where().orElse(null));
            }
        }
        operands.add(where.orElse(null));
        operands.add(columns);
        return operands;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        new GraphTablePrinter(writer).print(this);
    }
}
