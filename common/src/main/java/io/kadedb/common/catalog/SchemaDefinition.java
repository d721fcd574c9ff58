package io.kadedb.common.catalog;

import java.util.Map;

/** A schema and what is in it, by name. */
public record SchemaDefinition(
        long id,
        String name,
        String owner,
        Map<String, TableDefinition> tables,
        Map<String, PropertyGraphDefinition> graphs) {
    public SchemaDefinition {
        tables = Map.copyOf(tables);
        graphs = Map.copyOf(graphs);
    }

    /** Whether something here that shares the names of tables has this one. */
    public boolean hasRelation(String relation) {
        return tables.containsKey(relation)
                || graphs.containsKey(relation)
                || tables.values().stream()
                        .anyMatch(table -> table.index(relation).isPresent()
                                || (table.hasPrimaryKey()
                                        && table.primaryKeyConstraint().equals(relation)));
    }
}
