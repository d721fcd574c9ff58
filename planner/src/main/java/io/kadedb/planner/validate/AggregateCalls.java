package io.kadedb.planner.validate;

import io.kadedb.planner.functions.KadeOperatorTable;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;

/** Tells calls of aggregate functions by their names, before they have been validated. */
final class AggregateCalls {
    private AggregateCalls() {}

    /** Whether the call is of an aggregate function, with all that may stand behind it. */
    static boolean isAggregate(SqlCall call) {
        return switch (call.getKind()) {
            case FILTER, WITHIN_GROUP, RESPECT_NULLS, IGNORE_NULLS -> isAggregate(call.operand(0));
            default ->
                call.getOperator() instanceof SqlFunction function
                        && KadeOperatorTable.INSTANCE.function(function.getName()).stream()
                                .anyMatch(SqlAggFunction.class::isInstance);
        };
    }
}
