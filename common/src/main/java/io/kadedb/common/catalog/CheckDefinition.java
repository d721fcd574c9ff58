package io.kadedb.common.catalog;

/**
 * A CHECK constraint: a condition over one row that must not be false.
 *
 * @param conditionSql as the user wrote it
 * @param valid whether all rows are known to meet it: not if it was added NOT VALID
 */
public record CheckDefinition(String name, String conditionSql, boolean valid) {
    /** One that all rows meet. */
    public CheckDefinition(String name, String conditionSql) {
        this(name, conditionSql, true);
    }

    public CheckDefinition withName(String newName) {
        return new CheckDefinition(newName, conditionSql, valid);
    }

    public CheckDefinition withCondition(String sql) {
        return new CheckDefinition(name, sql, valid);
    }

    public CheckDefinition withValid(boolean isValid) {
        return new CheckDefinition(name, conditionSql, isValid);
    }
}
