package io.kadedb.common.catalog;

/**
 * A CHECK constraint: a condition over one row that must not be false.
 *
 * @param conditionSql as the user wrote it
 */
public record CheckDefinition(String name, String conditionSql) {}
