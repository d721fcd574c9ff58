package io.kadedb.common.catalog;

import java.util.Map;

/** A schema and what is in it, by name. */
public record SchemaDefinition(
        long id,
        String name,
        String owner,
        Map<String, TableDefinition> tables,
        Map<String, PropertyGraphDefinition> graphs,
        Map<String, SequenceDefinition> sequences) {
    public SchemaDefinition {
        tables = Map.copyOf(tables);
        graphs = Map.copyOf(graphs);
        sequences = Map.copyOf(sequences);
    }

    /** A schema without sequences. */
    public SchemaDefinition(
            long id,
            String name,
            String owner,
            Map<String, TableDefinition> tables,
            Map<String, PropertyGraphDefinition> graphs) {
        this(id, name, owner, tables, graphs, Map.of());
    }

    public boolean isEmpty() {
        return tables.isEmpty() && graphs.isEmpty() && sequences.isEmpty();
    }

    /** Whether something here that shares the names of tables has this one. */
    public boolean hasRelation(String relation) {
        return tables.containsKey(relation)
                || graphs.containsKey(relation)
                || sequences.containsKey(relation)
                || tables.values().stream()
                        .anyMatch(table -> table.index(relation).isPresent()
                                || (table.hasPrimaryKey()
                                        && table.primaryKeyConstraint().equals(relation)));
    }
}
