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
}
