package io.kadedb.executor.api;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;

/**
 * What a plan comes to that writes the row of one primary key and does nothing else.
 *
 * @param operation INSERT, UPDATE or DELETE
 * @param key a literal or a parameter for each column of the primary key; empty for INSERT
 * @param values of all columns of the table, from parameters and, for UPDATE, the columns of the row by their ordinals; empty
 *     for DELETE
 */
public record KeyWrite(
        PhysicalPlan.Modify.Operation operation, PhysicalPlan.TableRef table, List<Expr> key, List<Expr> values) {
    public KeyWrite {
        key = List.copyOf(key);
        values = List.copyOf(values);
    }
}
