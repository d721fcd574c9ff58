package io.kadedb.planner.validate;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.planner.types.TypeRules;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Gives constants like 1.0 in the seed of a recursive query all the digits there are: the table has the types of the
 * seed, and the numbers that the step makes of a constant have more digits than it.
 */
final class RecursiveNumbers {
    private RecursiveNumbers() {}

    /** Changes the first of both terms. */
    static void widen(SqlBasicCall union) {
        if (!(union.operand(1) instanceof SqlSelect step)) {
            return;
        }
        SqlNode first = union.operand(0);
        switch (first) {
            case SqlSelect select
            when select.getFrom() == null || select.getFrom().getKind() != SqlKind.VALUES -> {
                SqlNodeList items = select.getSelectList();
                for (int i = 0; i < items.size() && i < step.getSelectList().size(); i++) {
                    items.set(i, item(items.get(i), step.getSelectList().get(i)));
                }
            }
            default -> {}
        }
    }

    private static SqlNode item(SqlNode item, SqlNode step) {
        if (item.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) item;
            as.setOperand(0, item(as.operand(0), step));
            return as;
        }
        SqlNode number = item.getKind() == SqlKind.MINUS_PREFIX ? ((SqlCall) item).operand(0) : item;
        if (!(number instanceof SqlNumericLiteral literal)
                || literal.getTypeName() != SqlTypeName.DECIMAL
                || literal.isInteger()) {
            return item;
        }
        int own = literal.getScale() == null ? 0 : literal.getScale();
        int scale = keepsScale(SqlUtil.stripAs(step), own) ? own : Math.max(own, TypeRules.MIN_QUOTIENT_SCALE);
        SqlType type = SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, scale);
        return SqlStdOperatorTable.CAST.createCall(
                item.getParserPosition(), item, KadeTypeNameSpec.spec(type, item.getParserPosition()));
    }

    /** Whether the step gives no number more digits behind the point. */
    private static boolean keepsScale(SqlNode step, int scale) {
        return switch (step.getKind()) {
            case IDENTIFIER -> step instanceof SqlIdentifier;
            case LITERAL ->
                step instanceof SqlNumericLiteral number
                        && (number.isInteger() || Objects.requireNonNullElse(number.getScale(), 0) <= scale);
            case PLUS, MINUS ->
                keepsScale(((SqlCall) step).operand(0), scale) && keepsScale(((SqlCall) step).operand(1), scale);
            case PLUS_PREFIX, MINUS_PREFIX -> keepsScale(((SqlCall) step).operand(0), scale);
            default -> false;
        };
    }
}
