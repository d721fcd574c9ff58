package io.kadedb.planner.gapfill;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.validate.DeepCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;

/**
 * Takes apart the rows of a time and a value that {@code interpolate} is given for what comes before and behind: there are
 * no values of type record. A query for a row becomes one for the time and one for the value.
 */
final class InterpolationSamples {
    private InterpolationSamples() {}

    /** The call with a time and a value in place of each row. */
    static SqlCall apart(SqlCall call) {
        if (call.operandCount() < 2 || call.operandCount() > 3) {
            return call;
        }
        List<SqlNode> operands = new ArrayList<>();
        operands.add(call.operand(0));
        for (SqlNode row : call.getOperandList().subList(1, call.operandCount())) {
            if (SqlUtil.isNullLiteral(row, false)) {
                operands.addAll(List.of(row, copy(row)));
            } else {
                operands.add(part(row, 0));
                operands.add(part(row, 1));
            }
        }
        return call.getOperator().createCall(call.getParserPosition(), operands);
    }

    private static SqlNode part(SqlNode row, int index) {
        SqlNode node = SqlUtil.stripAs(row);
        if (node.getKind() == SqlKind.ROW && ((SqlCall) node).operandCount() == 2) {
            return ((SqlCall) node).operand(index);
        }
        if (node.getKind() == SqlKind.SCALAR_QUERY) {
            SqlCall query = (SqlCall) node;
            return query.getOperator().createCall(query.getParserPosition(), part(query.operand(0), index));
        }
        if (node instanceof SqlSelect one && one.getSelectList().size() == 1) {
            SqlSelect select = (SqlSelect) copy(node);
            SqlNodeList items = select.getSelectList();
            select.setSelectList(new SqlNodeList(List.of(part(items.get(0), index)), items.getParserPosition()));
            return select;
        }
        throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "prev and next of interpolate are rows of a time and a value, or queries that give one")
                .at(Positions.of(row.getParserPosition()))
                .hint("for example (select (ts, v) from t where ts < '2026-01-01' order by ts desc limit 1)");
    }

    private static SqlNode copy(SqlNode node) {
        return Objects.requireNonNull(node.accept(new DeepCopy()));
    }
}
