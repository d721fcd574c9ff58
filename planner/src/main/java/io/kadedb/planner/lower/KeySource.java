package io.kadedb.planner.lower;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.planner.index.IndexValues;
import io.kadedb.planner.physical.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key of a table that rows can be read by.
 *
 * @param index absent for the primary key
 * @param parts what it is made of, over the ordinals of the table
 * @param names of the parts
 * @param condition which rows it has; empty for all
 */
record KeySource(Optional<IndexDefinition> index, List<Expr> parts, List<String> names, Optional<Expr> condition) {
    /** The primary key. */
    static KeySource ofPrimaryKey(TableDefinition table) {
        return new KeySource(
                Optional.empty(), KeyConditions.parts(table), names(table, table.primaryKey()), Optional.empty());
    }

    static KeySource of(TableDefinition table, IndexDefinition index) {
        IndexValues values = IndexValues.of(table, index);
        List<String> names = new ArrayList<>();
        for (IndexDefinition.Part part : index.parts()) {
            names.add(part.expression()
                    .map(expression -> "(" + expression.sql() + ")")
                    .orElseGet(() -> name(table, table.ordinalOfId(part.columnId()))));
        }
        return new KeySource(Optional.of(index), values.parts(), names, values.condition());
    }

    private static List<String> names(TableDefinition table, List<Integer> ordinals) {
        return ordinals.stream().map(ordinal -> name(table, ordinal)).toList();
    }

    private static String name(TableDefinition table, int ordinal) {
        return table.columns().get(ordinal).name();
    }

    /** Whether one row at most has a key without NULL. */
    boolean isUnique() {
        return index.map(IndexDefinition::unique).orElse(true);
    }

    /** Whether a part can be NULL. */
    boolean isNullable(TableDefinition table, int part) {
        return !(parts.get(part) instanceof Expr.Column column)
                || table.columns().get(column.index()).nullable();
    }

    /** Whether it holds the columns, or leads to the rows at no further cost. */
    boolean gives(TableDefinition table, List<Integer> columns) {
        return index.map(found -> table.covers(found, columns)).orElse(true);
    }
}
