package io.kadedb.planner.api;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A step of ALTER TABLE. Each sees what those before it did. */
public sealed interface AlterationStep {
    /** Changes the catalog. */
    record Change(CatalogChange change) implements AlterationStep {}

    /**
     * Gives a table another definition; its rows stay where they are.
     *
     * @param missing for columns that older rows lack, by id: a plan of one row with the value they have
     */
    record Redefine(TableDefinition table, Map<Integer, PhysicalPlan> missing) implements AlterationStep {
        public Redefine {
            missing = Map.copyOf(missing);
        }
    }

    /**
     * Gives a table another definition and writes its rows anew.
     *
     * @param rows plans all columns of the new definition, from the rows of the old one, in the catalog of the time
     */
    record Rewrite(TableDefinition table, Function<PlanningContext, PhysicalPlan> rows) implements AlterationStep {}

    /** Declares columns NOT NULL, given by their ids. */
    record ForbidNulls(String schema, String table, Set<Integer> columns) implements AlterationStep {
        public ForbidNulls {
            columns = Set.copyOf(columns);
        }
    }

    /**
     * Makes sure that rows are as a constraint wants them.
     *
     * @param relations whose rows the outcome rests on: schema and name
     * @param query gives a row for the first that is not: the error's detail, or NULL
     * @param code of the error
     * @param message of the error
     */
    record Verify(List<List<String>> relations, String query, ErrorCode code, String message)
            implements AlterationStep {
        public Verify {
            relations = List.copyOf(relations);
        }
    }

    /**
     * Removes partitions with their rows.
     *
     * @param value a plan of one row with a value of the column that the table is partitioned by
     * @param before whether those go that end at the value or before; else the one that the value is in
     */
    record DropPartitions(String schema, String table, PhysicalPlan value, boolean before) implements AlterationStep {}

    /** Removes the partitions of a table that ended longer ago than its retention. */
    record DropExpired(String schema, String table) implements AlterationStep {}

    /**
     * Gives a materialized view the rows of its query as it is now.
     *
     * @param rows plans all columns of the view, in the catalog of the time
     */
    record Refresh(String schema, String view, BiFunction<TableDefinition, PlanningContext, PhysicalPlan> rows)
            implements AlterationStep {}

    /**
     * Computes the rows of a continuous aggregate's changed buckets anew.
     *
     * @param first whether it has just been made, so that nobody notes changes of the table that it reads yet
     * @param outdated plans what removes the stored rows of these buckets
     * @param rows plans all columns of the rows that take their place
     */
    record Compute(
            String schema,
            String view,
            boolean first,
            BiFunction<TableDefinition, PlanningContext, PhysicalPlan> outdated,
            BiFunction<TableDefinition, PlanningContext, PhysicalPlan> rows)
            implements AlterationStep {}

    /** Takes a materialized view its rows, so that it cannot be read until it is refreshed. */
    record Empty(String schema, String view) implements AlterationStep {}
}
