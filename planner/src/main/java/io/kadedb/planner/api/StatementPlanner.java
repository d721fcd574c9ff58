package io.kadedb.planner.api;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.Set;

/** Turns statements into plans. Thread-safe. */
public interface StatementPlanner {
    /**
     * Plans a query, modification or definition; for EXPLAIN the caller passes the statement inside. Equal statements
     * in equal contexts come from a cache.
     *
     * @throws io.kadedb.common.error.KadeException with the position in the statement's text
     */
    PlannedStatement plan(ParsedStatement statement, PlanningContext context);

    /**
     * Plans what a table's definition makes of rows that are to be stored: defaults, generated columns, CHECK constraints.
     *
     * @param defaulted ordinals of the columns that take their defaults
     * @param rows give other columns first, then all columns of the table
     */
    PhysicalPlan complete(TableDefinition table, Set<Integer> defaulted, PhysicalPlan rows, PlanningContext context);
}
