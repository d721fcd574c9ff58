package io.kadedb.parser;

import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.grammar.KadeSqlParser.GroupByContext;
import io.kadedb.parser.grammar.KadeSqlParser.GroupItemContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** GROUP BY, grouping sets included. */
final class GroupByBuilder {
    private final AstBuilder ast;

    GroupByBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNodeList build(GroupByContext groupBy) {
        if (groupBy.groupItem().isEmpty()) {
            SqlParserPos pos = Places.pos(groupBy);
            return new SqlNodeList(List.of(KadeOperators.allColumns(pos)), pos);
        }
        if (groupBy.DISTINCT() != null) {
            SqlParserPos pos = Places.pos(groupBy);
            SqlNode distinct = SqlInternalOperators.GROUP_BY_DISTINCT.createCall(pos, items(groupBy.groupItem()));
            return new SqlNodeList(List.of(distinct), pos);
        }
        return new SqlNodeList(items(groupBy.groupItem()), Places.pos(groupBy));
    }

    private List<SqlNode> items(List<GroupItemContext> items) {
        List<SqlNode> nodes = new ArrayList<>(items.size());
        for (GroupItemContext item : items) {
            nodes.add(item(item));
        }
        return nodes;
    }

    private SqlNode item(GroupItemContext item) {
        SqlParserPos pos = Places.pos(item);
        if (item.expression() != null) {
            return ast.expressions.expression(item.expression());
        }
        if (item.ROLLUP() != null) {
            return SqlStdOperatorTable.ROLLUP.createCall(
                    pos, ast.expressions.all(item.expressionList().expression()));
        }
        if (item.CUBE() != null) {
            return SqlStdOperatorTable.CUBE.createCall(
                    pos, ast.expressions.all(item.expressionList().expression()));
        }
        if (item.SETS() != null) {
            return SqlStdOperatorTable.GROUPING_SETS.createCall(pos, items(item.groupItem()));
        }
        return new SqlNodeList(pos);
    }
}
