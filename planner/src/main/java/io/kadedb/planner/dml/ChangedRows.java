package io.kadedb.planner.dml;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Name;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;

/** What a query of WITH that writes returns, as a table that the queries after it read. */
public final class ChangedRows {
    private ChangedRows() {}

    /**
     * The table.
     *
     * @param id of the working table in which the rows are
     */
    public static KadeTable.Given of(Name name, int id, PlannedStatement.Modification change) {
        if (!change.returns()) {
            // Known only once it is read, since it need not be.
            List<Field> none = List.of(new Field("?column?", SqlType.BIGINT, false));
            return new KadeTable.Given(none, 1, columns -> {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "WITH query \"" + name.text() + "\" does not have a RETURNING clause")
                        .at(name.position());
            });
        }
        PhysicalPlan rows = new PhysicalPlan.WorkingTable(
                id, change.plan().output(), change.plan().rows());
        return new KadeTable.Given(change.columns(), rows.rows(), columns -> columns(rows, columns));
    }

    private static PhysicalPlan columns(PhysicalPlan rows, List<Integer> columns) {
        List<Expr> values = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int column : columns) {
            Field field = rows.output().get(column);
            values.add(new Expr.Column(column, field.type(), field.nullable()));
            output.add(field);
        }
        return new PhysicalPlan.Project(rows, values, output);
    }
}
