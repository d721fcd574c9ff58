package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.Values;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;

/** Rows that are there already, as the source of a plan. */
final class GivenBatch {
    private GivenBatch() {}

    /** The rows as constants; their columns have no names. */
    static PhysicalPlan.Values values(Batch rows) {
        List<Field> fields = new ArrayList<>();
        for (ColumnVector column : rows.columns()) {
            fields.add(new Field("", column.type(), column.validity() != null));
        }
        List<List<Expr>> tuples = new ArrayList<>(rows.length());
        for (int row = 0; row < rows.length(); row++) {
            List<Expr> tuple = new ArrayList<>(fields.size());
            for (ColumnVector column : rows.columns()) {
                tuple.add(new Expr.Literal(Values.get(column, row), column.type()));
            }
            tuples.add(tuple);
        }
        return new PhysicalPlan.Values(tuples, fields);
    }
}
