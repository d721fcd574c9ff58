package io.kadedb.planner.validate;

import io.kadedb.common.type.SqlType;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Parameters that are the whole of LIMIT or OFFSET are bigint. */
public final class LimitParameters extends SqlBasicVisitor<@Nullable Void> {
    private final Map<Integer, SqlType> parameters;

    private LimitParameters(Map<Integer, SqlType> parameters) {
        this.parameters = parameters;
    }

    /** Notes the types of parameters. */
    public static void declare(SqlNode query, Map<Integer, SqlType> parameters) {
        query.accept(new LimitParameters(parameters));
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlOrderBy order) {
            note(order.fetch);
            note(order.offset);
        }
        return super.visit(call);
    }

    private void note(@Nullable SqlNode limit) {
        if (limit instanceof SqlDynamicParam parameter) {
            parameters.putIfAbsent(parameter.getIndex(), SqlType.BIGINT);
        }
    }
}
