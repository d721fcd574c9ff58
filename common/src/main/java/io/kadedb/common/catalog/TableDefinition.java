package io.kadedb.common.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A table as one version of the catalog defines it.
 *
 * @param id stable: never reused, survives renames; 0 until the catalog has stored it
 * @param schemaVersion grows with every change of the definition; fenced by value at commit
 * @param primaryKey ordinals into {@code columns}, in key order; empty for a table keyed by its row id
 */
public record TableDefinition(
        long id,
        String schema,
        String name,
        int schemaVersion,
        String owner,
        List<ColumnDefinition> columns,
        List<Integer> primaryKey,
        KeyMode keyMode,
        Optional<String> comment,
        Map<String, String> tags) {
    /** The ordinal by which scans are asked for the hidden row id: a BIGINT, never null. */
    public static final int ROW_ID = -1;

    public TableDefinition {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        tags = Map.copyOf(tags);
    }

    public OptionalInt ordinalOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    public boolean hasPrimaryKey() {
        return !primaryKey.isEmpty();
    }

    public TableDefinition withId(long newId) {
        return new TableDefinition(
                newId, schema, name, schemaVersion, owner, columns, primaryKey, keyMode, comment, tags);
    }

    /** {@code schema.name}. */
    public String qualifiedName() {
        return schema + "." + name;
    }
}
