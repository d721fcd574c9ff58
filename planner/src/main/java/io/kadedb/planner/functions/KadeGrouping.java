package io.kadedb.planner.functions;

import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlAbstractGroupFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** GROUPING with PostgreSQL's type: Calcite's own is a bigint. */
final class KadeGrouping extends SqlAbstractGroupFunction {
    static final KadeGrouping INSTANCE = new KadeGrouping();

    private KadeGrouping() {
        super(
                "GROUPING",
                SqlKind.GROUPING,
                ReturnTypes.INTEGER,
                null,
                OperandTypes.ONE_OR_MORE,
                SqlFunctionCategory.SYSTEM);
    }
}
