package io.kadedb.planner.validate;

import io.kadedb.planner.functions.KadeOperatorTable;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.validate.AggregatingSelectScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Tells calls of aggregate functions by their names, before they have been validated. */
final class AggregateCalls {
    private static final Set<SqlKind> AROUND =
            Set.of(SqlKind.FILTER, SqlKind.WITHIN_GROUP, SqlKind.RESPECT_NULLS, SqlKind.IGNORE_NULLS);

    private AggregateCalls() {}

    /** Whether the call is of an aggregate function, with all that may stand behind it. */
    static boolean isAggregate(SqlCall call) {
        if (isAround(call)) {
            return isAggregate(call.operand(0));
        }
        return call.getOperator() instanceof SqlFunction function
                && KadeOperatorTable.INSTANCE.function(function.getName()).stream()
                        .anyMatch(SqlAggFunction.class::isInstance);
    }

    /** Whether the call says how the function that is its first operand is called. */
    static boolean isAround(SqlCall call) {
        return AROUND.contains(call.getKind());
    }

    /** Where the groups of a query are seen, whose rows a scope sees. */
    static SqlValidatorScope groupScope(SqlValidator validator, SqlValidatorScope scope) {
        return scope instanceof SelectScope select
                        && validator.getSelectScope(select.getNode()) instanceof AggregatingSelectScope groups
                ? groups
                : scope;
    }
}
