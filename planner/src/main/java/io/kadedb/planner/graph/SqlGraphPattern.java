package io.kadedb.planner.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A pattern as an item of FROM: each variable is in scope like a table with the element's properties. Its operands are
 * the queries that give the rows of elements.
 */
public final class SqlGraphPattern extends SqlCall {
    private final List<PatternVariable> variables;
    private final MatchShape shape;
    private final List<SqlNode> queries;

    SqlGraphPattern(List<PatternVariable> variables, MatchShape shape, List<SqlNode> queries, SqlParserPos pos) {
        super(pos);
        this.variables = List.copyOf(variables);
        this.shape = shape;
        this.queries = new ArrayList<>(queries);
    }

    public List<PatternVariable> variables() {
        return variables;
    }

    public MatchShape shape() {
        return shape;
    }

    /** The queries of a variable. */
    public List<SqlNode> queries(PatternVariable variable) {
        return queries.subList(variable.firstQuery(), variable.firstQuery() + variable.queries());
    }

    @Override
    public SqlOperator getOperator() {
        return new Operator(variables, shape);
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.copyOf(queries);
    }

    @Override
    public void setOperand(int i, @Nullable SqlNode operand) {
        if (operand != null) {
            queries.set(i, operand);
        }
    }

    /** Its kind makes Calcite's validator hand the node to {@code registerQuery}, where ours takes it. */
    private static final class Operator extends SqlSpecialOperator {
        private final List<PatternVariable> variables;
        private final MatchShape shape;

        Operator(List<PatternVariable> variables, MatchShape shape) {
            super("GRAPH_PATTERN", SqlKind.OTHER_FUNCTION);
            this.variables = variables;
            this.shape = shape;
        }

        @Override
        @SuppressWarnings("NullAway") // a pattern's operands are never null
        public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, @Nullable SqlNode... operands) {
            return new SqlGraphPattern(variables, shape, Arrays.asList(operands), pos);
        }
    }
}
