package io.kadedb.planner.graph;

import org.apache.calcite.sql.SqlIdentifier;

/**
 * A variable of a pattern as the select around it sees it.
 *
 * @param name with the place where it is declared; the node that stands for the variable in validation
 * @param firstQuery ordinal of its first query among the pattern's
 * @param queries how many it has: the rows of the element; for a repeated edge the rows of one hop, the vertices between
 *     two, and those where none is taken
 * @param hidden columns at the start that expressions cannot see
 */
public record PatternVariable(SqlIdentifier name, int firstQuery, int queries, int hidden) {}
