package io.kadedb.planner.validate;

import io.kadedb.planner.functions.KadeWindowFunction;
import java.util.Set;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * Whether EXCLUDE may leave a function of a window without rows, and so without a value: Calcite takes a frame that begins
 * and ends around its row for one that has rows.
 */
public final class ExcludedRows {
    private static final Set<SqlKind> AROUND = Set.of(SqlKind.FILTER, SqlKind.RESPECT_NULLS, SqlKind.IGNORE_NULLS);

    private ExcludedRows() {}

    static boolean mayBeAll(SqlCall over, SqlValidator validator, SqlValidatorScope scope) {
        SqlCall function = over.operand(0);
        while (AROUND.contains(function.getKind())) {
            function = function.operand(0);
        }
        return mayBeAll(
                function.getOperator(),
                RexWindowExclusion.create(
                        validator.resolveWindow(over.operand(1), scope).getExclude()));
    }

    /** Whether the function may be NULL, since its frame lacks what is excluded. */
    public static boolean mayBeAll(SqlOperator function, RexWindowExclusion exclusion) {
        return exclusion != RexWindowExclusion.EXCLUDE_NO_OTHER
                && function.getKind() != SqlKind.COUNT
                && !(function instanceof KadeWindowFunction);
    }
}
