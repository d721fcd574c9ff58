package io.kadedb.parser.ast;

import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code a ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts}, as DuckDB has it: a join in which a row of the left table has, of
 * the right rows that meet the condition, only the nearest by the comparison that is no equality. With USING the last
 * column is compared by {@code >=}.
 */
public final class SqlAsof extends SqlJoin {
    private static final SqlOperator OPERATOR = new Operator();

    /** The join; its condition is an expression or a list of names. */
    public SqlAsof(
            SqlParserPos pos,
            SqlNode left,
            JoinType type,
            SqlNode right,
            JoinConditionType conditionType,
            SqlNode condition) {
        this(pos, left, type.symbol(pos), right, conditionType.symbol(pos), condition);
    }

    private SqlAsof(
            SqlParserPos pos,
            SqlNode left,
            SqlLiteral type,
            SqlNode right,
            SqlLiteral conditionType,
            @Nullable SqlNode condition) {
        super(pos, left, SqlLiteral.createBoolean(false, pos), type, right, conditionType, condition);
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    /** The column of USING that is compared by {@code >=}, or null for a join with ON. */
    public @Nullable String comparedColumn() {
        return getConditionType() == JoinConditionType.USING && getCondition() instanceof SqlNodeList names
                ? names.get(names.size() - 1).toString()
                : null;
    }

    private static final class Operator extends SqlSpecialOperator {
        Operator() {
            super("ASOF JOIN", SqlKind.JOIN, 16);
        }

        @Override
        public SqlCall createCall(
                @Nullable SqlLiteral functionQualifier, SqlParserPos pos, @Nullable SqlNode... operands) {
            return new SqlAsof(
                    pos,
                    Objects.requireNonNull(operands[0]),
                    (SqlLiteral) Objects.requireNonNull(operands[2]),
                    Objects.requireNonNull(operands[3]),
                    (SqlLiteral) Objects.requireNonNull(operands[4]),
                    operands[5]);
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
            SqlAsof join = (SqlAsof) call;
            join.getLeft().unparse(writer, leftPrec, getLeftPrec());
            writer.sep("ASOF " + join.getJoinType() + " JOIN");
            join.getRight().unparse(writer, getRightPrec(), rightPrec);
            SqlNode condition = join.getCondition();
            if (condition != null) {
                writer.keyword(join.getConditionType().toString());
                condition.unparse(writer, 0, 0);
            }
        }
    }
}
