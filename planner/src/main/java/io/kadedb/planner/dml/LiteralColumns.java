package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.planner.functions.AssignOperator;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.type.SqlTypeName;

/** Gives literals and parameters in the select list of INSERT .. SELECT the type of the column they go to. */
final class LiteralColumns {
    private LiteralColumns() {}

    static void assign(SqlNode query, TableDefinition table, List<Integer> targets) {
        switch (query) {
            case SqlSelect select -> items(select.getSelectList(), table, targets);
            case SqlOrderBy order -> assign(order.query, table, targets);
            case SqlBasicCall call
            when SqlKind.SET_QUERY.contains(call.getKind()) ->
                call.getOperandList().forEach(operand -> assign(operand, table, targets));
            default -> {}
        }
    }

    private static void items(SqlNodeList items, TableDefinition table, List<Integer> targets) {
        boolean star = items.stream().anyMatch(item -> item instanceof SqlIdentifier id && id.isStar());
        if (star || items.size() > targets.size()) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            ColumnDefinition column = table.columns().get(targets.get(i));
            SqlNode item = items.get(i);
            if (item.getKind() == SqlKind.AS) {
                SqlCall as = (SqlCall) item;
                if (isUntyped(as.operand(0))) {
                    as.setOperand(0, AssignOperator.to(column.name(), column.type(), as.operand(0)));
                }
            } else if (isUntyped(item)) {
                items.set(i, AssignOperator.to(column.name(), column.type(), item));
            }
        }
    }

    private static boolean isUntyped(SqlNode node) {
        return node instanceof SqlDynamicParam
                || SqlUtil.isNullLiteral(node, false)
                || (node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR);
    }
}
