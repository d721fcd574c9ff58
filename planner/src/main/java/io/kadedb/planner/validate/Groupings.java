package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Where GROUPING may not stand: where rows are seen, and within aggregates but for those over windows. */
final class Groupings extends SqlBasicVisitor<@Nullable Void> {
    private final String refusal;

    private Groupings(String refusal) {
        this.refusal = refusal;
    }

    /** Refuses all that are in a clause. */
    static void refuse(SqlNode clause, String name) {
        clause.accept(new Groupings("grouping operations are not allowed in " + name));
    }

    /** Refuses those in aggregates and FILTER of what sees a query's groups. */
    static void check(SqlSelect select) {
        Aggregates aggregates = new Aggregates();
        select.getSelectList().accept(aggregates);
        if (select.getHaving() != null) {
            select.getHaving().accept(aggregates);
        }
        if (select.getOrderList() != null) {
            select.getOrderList().accept(aggregates);
        }
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call.getKind() == SqlKind.GROUPING) {
            throw KadeException.of(ErrorCode.GROUPING_ERROR, refusal).at(Positions.of(call.getParserPosition()));
        }
        return call.isA(SqlKind.QUERY) ? null : super.visit(call);
    }

    private static final class Aggregates extends SqlBasicVisitor<@Nullable Void> {
        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return null;
            }
            if (call.getKind() == SqlKind.FILTER) {
                refuse(call.operand(1), "FILTER");
            }
            if (call.getKind() == SqlKind.OVER) {
                call.operand(1).accept(this);
                SqlCall function = call.operand(0);
                while (AggregateCalls.isAround(function)) {
                    Util.skip(function.getOperandList()).forEach(operand -> operand.accept(this));
                    function = function.operand(0);
                }
                return super.visit(function);
            }
            if (AggregateCalls.isAggregate(call) && !AggregateCalls.isAround(call)) {
                Groupings nested = new Groupings("aggregate function calls cannot be nested");
                call.getOperator().acceptCall(nested, call);
            }
            return super.visit(call);
        }
    }
}
