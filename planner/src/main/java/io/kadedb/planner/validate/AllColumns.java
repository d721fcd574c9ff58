package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Writes out GROUP BY ALL and ORDER BY ALL. */
final class AllColumns {
    private AllColumns() {}

    /** GROUP BY ALL: the select items without aggregates and window functions. */
    static void group(SqlSelect select) {
        SqlNodeList group = select.getGroup();
        if (group == null || group.size() != 1 || !KadeOperators.isAllColumns(group.get(0))) {
            return;
        }
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            SqlNode value = SqlUtil.stripAs(item);
            boolean star = (value instanceof SqlIdentifier name && name.isStar())
                    || value instanceof SqlStarExclude
                    || value instanceof SqlStarReplace;
            if (star) {
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "GROUP BY ALL with a star is not supported yet")
                        .at(Positions.of(value.getParserPosition()))
                        .hint("name the columns");
            }
            if (!(value instanceof SqlLiteral) && !aggregates(value)) {
                keys.add(Objects.requireNonNull(value.accept(new DeepCopy())));
            }
        }
        select.setGroupBy(new SqlNodeList(keys, group.getParserPosition()));
    }

    private static boolean aggregates(SqlNode node) {
        boolean[] found = {false};
        node.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.SELECT) {
                    return null;
                }
                found[0] |= call.getOperator().isAggregator() || call.getKind() == SqlKind.OVER;
                return super.visit(call);
            }
        });
        return found[0];
    }

    /** ORDER BY ALL: the positions of all columns. */
    static void order(SqlSelect select, int columns) {
        SqlNodeList order = select.getOrderList();
        if (order == null || order.size() != 1 || !isAll(order.get(0))) {
            return;
        }
        List<SqlNode> keys = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            keys.add(position(order.get(0), i));
        }
        select.setOrderBy(new SqlNodeList(keys, order.getParserPosition()));
    }

    private static boolean isAll(SqlNode key) {
        return isDirection(key) ? isAll(((SqlCall) key).operand(0)) : KadeOperators.isAllColumns(key);
    }

    private static boolean isDirection(SqlNode key) {
        return key.getKind() == SqlKind.DESCENDING
                || key.getKind() == SqlKind.NULLS_FIRST
                || key.getKind() == SqlKind.NULLS_LAST;
    }

    private static SqlNode position(SqlNode key, int column) {
        SqlParserPos pos = key.getParserPosition();
        return isDirection(key)
                ? ((SqlCall) key).getOperator().createCall(pos, position(((SqlCall) key).operand(0), column))
                : SqlLiteral.createExactNumeric(Integer.toString(column), pos);
    }
}
