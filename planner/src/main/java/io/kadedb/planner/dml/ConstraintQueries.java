package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.planner.api.AlterationStep.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Queries that look for rows which a constraint does not allow. */
final class ConstraintQueries {
    private ConstraintQueries() {}

    static Verify notNull(TableDefinition table, String column) {
        return new Verify(
                List.of(relation(table)),
                "select null from " + name(table) + " where " + quoted(column) + " is null limit 1",
                ErrorCode.NOT_NULL_VIOLATION,
                "column \"" + column + "\" of relation \"" + table.name() + "\" contains null values");
    }

    static Verify check(TableDefinition table, CheckDefinition check) {
        return new Verify(
                List.of(relation(table)),
                "select null from " + name(table) + " where not (" + check.conditionSql() + ") limit 1",
                ErrorCode.CHECK_VIOLATION,
                "check constraint \"" + check.name() + "\" of relation \"" + table.name()
                        + "\" is violated by some row");
    }

    static List<Verify> foreignKey(TableDefinition table, ForeignKeyDefinition key, TableDefinition referenced) {
        List<String> columns = names(table, key.columns());
        List<String> targets = names(referenced, key.referencedColumns());
        List<Verify> all = new ArrayList<>();
        if (key.matchFull() && columns.size() > 1) {
            all.add(failing(
                    table,
                    key,
                    referenced,
                    "select 'MATCH FULL does not allow mixing of null and nonnull key values.' from " + name(table)
                            + " as referencing where (" + each(columns, " is null", " or ") + ") and not ("
                            + each(columns, " is null", " and ") + ") limit 1"));
        }
        String values = columns.stream()
                .map(column -> "cast(referencing." + quoted(column) + " as text)")
                .collect(Collectors.joining(" || ', ' || "));
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            equal.add("referenced." + quoted(targets.get(i)) + " = referencing." + quoted(columns.get(i)));
        }
        all.add(failing(
                table,
                key,
                referenced,
                "select " + text("Key (" + String.join(", ", columns) + ")=(") + " || " + values + " || "
                        + text(") is not present in table \"" + referenced.name() + "\".") + " from " + name(table)
                        + " as referencing where " + each(columns, " is not null", " and ")
                        + " and not exists (select 1 from " + name(referenced) + " as referenced where "
                        + String.join(" and ", equal) + ") limit 1"));
        return all;
    }

    private static Verify failing(
            TableDefinition table, ForeignKeyDefinition key, TableDefinition referenced, String query) {
        return new Verify(
                List.of(relation(table), relation(referenced)),
                query,
                ErrorCode.FOREIGN_KEY_VIOLATION,
                "insert or update on table \"" + table.name() + "\" violates foreign key constraint \"" + key.name()
                        + "\"");
    }

    private static String each(List<String> columns, String test, String between) {
        return columns.stream()
                .map(column -> "referencing." + quoted(column) + test)
                .collect(Collectors.joining(between));
    }

    private static List<String> names(TableDefinition table, List<Integer> ids) {
        return ids.stream()
                .map(id -> table.columns().get(table.ordinalOfId(id)))
                .map(ColumnDefinition::name)
                .toList();
    }

    private static List<String> relation(TableDefinition table) {
        return List.of(table.schema(), table.name());
    }

    private static String name(TableDefinition table) {
        return quoted(table.schema()) + "." + quoted(table.name());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
