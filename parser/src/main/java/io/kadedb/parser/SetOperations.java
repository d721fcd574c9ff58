package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser.QueryBodyContext;
import io.kadedb.parser.grammar.KadeSqlParser.SetOperatorContext;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** UNION, EXCEPT and INTERSECT; the last binds closer. */
final class SetOperations {
    private final QueryBuilder queries;

    SetOperations(QueryBuilder queries) {
        this.queries = queries;
    }

    SqlNode build(QueryBodyContext body) {
        List<SetOperatorContext> operators = body.setOperator();
        OperatorPrecedence.checkRelations(operators.size(), body);
        if (operators.isEmpty()) {
            return queries.primary(body.queryPrimary(0));
        }
        int next = 0;
        SqlNode left = queries.operand(body.queryPrimary(0));
        while (next < operators.size()) {
            SetOperatorContext operator = operators.get(next++);
            SqlNode right = queries.operand(body.queryPrimary(next));
            if (operator.INTERSECT() == null) {
                while (next < operators.size() && operators.get(next).INTERSECT() != null) {
                    SetOperatorContext intersect = operators.get(next++);
                    right = call(intersect, right, queries.operand(body.queryPrimary(next)));
                }
            }
            left = call(operator, left, right);
        }
        return left;
    }

    private static SqlNode call(SetOperatorContext operator, SqlNode left, SqlNode right) {
        boolean all = operator.ALL() != null;
        SqlOperator set;
        if (operator.UNION() != null) {
            set = all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
        } else if (operator.INTERSECT() != null) {
            set = all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
        } else {
            set = all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
        }
        return set.createCall(OperatorPrecedence.span(left, right), left, right);
    }
}
