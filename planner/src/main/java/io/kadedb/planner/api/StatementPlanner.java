package io.kadedb.planner.api;

import io.kadedb.parser.ParsedStatement;

/** Turns statements into plans. Thread-safe. */
public interface StatementPlanner {
    /**
     * Plans a query, modification or definition; for EXPLAIN the caller passes the statement inside. Equal statements
     * in equal contexts come from a cache.
     *
     * @throws io.kadedb.common.error.KadeException with the position in the statement's text
     */
    PlannedStatement plan(ParsedStatement statement, PlanningContext context);
}
