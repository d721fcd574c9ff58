package io.kadedb.executor.api;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;

/**
 * What a plan comes to that does no more than read columns of the row of one primary key.
 *
 * @param columns ordinals of the table's columns, one for each column of the result
 * @param key a literal or a parameter for each column of the primary key
 */
public record KeyRead(PhysicalPlan.TableRef table, List<Integer> columns, List<Expr> key) {
    public KeyRead {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }
}
