package io.kadedb.parser.graph;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code GRAPH_TABLE (graph MATCH .. OPTIONAL MATCH .. COLUMNS (..))} as written, an item of FROM. The planner turns
 * it into a SELECT before validation.
 *
 * <p>Its operands are the graph's name, and for each clause the WHERE of its elements in order and its own
 * (null where there is none), then the columns, so that a {@code SqlShuttle} reaches and copies all expressions.
 */
public final class SqlGraphTable extends SqlCall {
    private final SqlIdentifier graph;
    private final List<MatchClause> clauses;
    private final SqlNodeList columns;

    /**
     * A match.
     *
     * @param clauses the first is not optional
     * @param columns expressions, with {@code AS} where a name was given; {@code p.*} is a star identifier
     */
    public SqlGraphTable(SqlIdentifier graph, List<MatchClause> clauses, SqlNodeList columns, SqlParserPos pos) {
        super(pos);
        this.graph = graph;
        this.clauses = List.copyOf(clauses);
        this.columns = columns;
    }

    public SqlIdentifier graph() {
        return graph;
    }

    /** The match and its optional parts, in order. */
    public List<MatchClause> clauses() {
        return clauses;
    }

    public SqlNodeList columns() {
        return columns;
    }

    @Override
    public SqlOperator getOperator() {
        return new SqlGraphTableOperator(clauses);
    }

    @Override
    @SuppressWarnings("NullAway") // a SqlCall's operand list may hold nulls
    public List<SqlNode> getOperandList() {
        List<SqlNode> operands = new ArrayList<>();
        operands.add(graph);
        for (MatchClause clause : clauses) {
            for (PathPattern path : clause.paths()) {
                for (PatternElement element : path.elements()) {
                    element.addConditions(operands);
                }
            }
            operands.add(clause.where().orElse(null));
        }
        operands.add(columns);
        return operands;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        new GraphTablePrinter(writer).print(this);
    }
}
