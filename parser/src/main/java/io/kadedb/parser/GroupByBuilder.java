package io.kadedb.parser;

import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.grammar.KadeSqlParser.ExpressionContext;
import io.kadedb.parser.grammar.KadeSqlParser.GroupByContext;
import io.kadedb.parser.grammar.KadeSqlParser.GroupItemContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;

/** GROUP BY, grouping sets included. */
final class GroupByBuilder {
    /** Of how many expressions of CUBE the sets are written out. */
    private static final int MOST_WRITTEN_OUT = 12;

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
        if (item.ROLLUP() != null || item.CUBE() != null) {
            List<ExpressionContext> written = item.expressionList().expression();
            List<SqlNode> parts = ast.expressions.all(written);
            boolean cube = item.CUBE() != null;
            if ((!cube || parts.size() <= MOST_WRITTEN_OUT) && repeats(parts)) {
                return SqlStdOperatorTable.GROUPING_SETS.createCall(pos, cube ? subsets(written) : prefixes(written));
            }
            return (cube ? SqlStdOperatorTable.CUBE : SqlStdOperatorTable.ROLLUP).createCall(pos, parts);
        }
        if (item.SETS() != null) {
            return SqlStdOperatorTable.GROUPING_SETS.createCall(pos, items(item.groupItem()));
        }
        return new SqlNodeList(pos);
    }

    /**
     * Whether some expressions may be the same: then their sets are written out, since Calcite gives equal ones once. It does no
     * harm where they are not. Parameters stay where they are, since they are counted.
     */
    private static boolean repeats(List<SqlNode> written) {
        List<SqlNode> parts = flat(written);
        if (parts.stream().anyMatch(part -> part.toString().contains("?"))) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            for (SqlNode other : parts.subList(0, i)) {
                SqlNode part = parts.get(i);
                boolean place = part.getKind() == SqlKind.LITERAL || other.getKind() == SqlKind.LITERAL;
                boolean column = part instanceof SqlIdentifier a
                        && other instanceof SqlIdentifier b
                        && a.names.getLast().equals(b.names.getLast());
                if (place || column || part.equalsDeep(other, Litmus.IGNORE)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<SqlNode> prefixes(List<ExpressionContext> parts) {
        List<SqlNode> sets = new ArrayList<>();
        for (int width = parts.size(); width >= 0; width--) {
            sets.add(set(parts.subList(0, width)));
        }
        return sets;
    }

    private List<SqlNode> subsets(List<ExpressionContext> parts) {
        List<SqlNode> sets = new ArrayList<>();
        for (int bits = (1 << parts.size()) - 1; bits >= 0; bits--) {
            List<ExpressionContext> chosen = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                if ((bits >> i & 1) != 0) {
                    chosen.add(parts.get(i));
                }
            }
            sets.add(set(chosen));
        }
        return sets;
    }

    /** With the columns of rows in their places. */
    private static List<SqlNode> flat(List<SqlNode> parts) {
        List<SqlNode> all = new ArrayList<>();
        for (SqlNode part : parts) {
            if (part.getKind() == SqlKind.ROW) {
                all.addAll(((SqlCall) part).getOperandList());
            } else {
                all.add(part);
            }
        }
        return all;
    }

    /** A grouping set; each has trees of its own, since validation changes them. */
    private SqlNode set(List<ExpressionContext> parts) {
        List<SqlNode> all = flat(ast.expressions.all(parts));
        return switch (all.size()) {
            case 0 -> new SqlNodeList(SqlParserPos.ZERO);
            case 1 -> all.getFirst();
            default -> SqlStdOperatorTable.ROW.createCall(SqlParserPos.sum(all), all);
        };
    }
}
