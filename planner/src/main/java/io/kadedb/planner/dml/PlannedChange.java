package io.kadedb.planner.dml;

import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;

/**
 * The plan of a statement that writes.
 *
 * @param columns of the rows that RETURNING gives; empty when the plan gives the number of rows written
 */
public record PlannedChange(PhysicalPlan plan, List<Field> columns) {
    public PlannedChange {
        columns = List.copyOf(columns);
    }

    static PlannedChange counting(PhysicalPlan.Modify plan) {
        return new PlannedChange(plan, List.of());
    }
}
