package io.kadedb.common.catalog;

import java.util.Map;
import java.util.Optional;

/** A schema and what is in it, by name. */
public record SchemaDefinition(
        long id,
        String name,
        String owner,
        Map<String, TableDefinition> tables,
        Map<String, PropertyGraphDefinition> graphs,
        Map<String, SequenceDefinition> sequences,
        Map<String, ViewDefinition> views,
        Map<String, EnumDefinition> enums,
        Optional<String> comment) {
    public SchemaDefinition {
        tables = Map.copyOf(tables);
        graphs = Map.copyOf(graphs);
        sequences = Map.copyOf(sequences);
        views = Map.copyOf(views);
        enums = Map.copyOf(enums);
    }

    /** A schema of tables and graphs. */
    public SchemaDefinition(
            long id,
            String name,
            String owner,
            Map<String, TableDefinition> tables,
            Map<String, PropertyGraphDefinition> graphs) {
        this(id, name, owner, tables, graphs, Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    /** A schema with nothing in it. */
    public SchemaDefinition(long id, String name, String owner) {
        this(id, name, owner, Map.of(), Map.of());
    }

    public SchemaDefinition withTables(Map<String, TableDefinition> newTables) {
        return new SchemaDefinition(id, name, owner, newTables, graphs, sequences, views, enums, comment);
    }

    public SchemaDefinition withGraphs(Map<String, PropertyGraphDefinition> newGraphs) {
        return new SchemaDefinition(id, name, owner, tables, newGraphs, sequences, views, enums, comment);
    }

    public SchemaDefinition withSequences(Map<String, SequenceDefinition> newSequences) {
        return new SchemaDefinition(id, name, owner, tables, graphs, newSequences, views, enums, comment);
    }

    public SchemaDefinition withViews(Map<String, ViewDefinition> newViews) {
        return new SchemaDefinition(id, name, owner, tables, graphs, sequences, newViews, enums, comment);
    }

    public SchemaDefinition withEnums(Map<String, EnumDefinition> newEnums) {
        return new SchemaDefinition(id, name, owner, tables, graphs, sequences, views, newEnums, comment);
    }

    public SchemaDefinition withComment(Optional<String> newComment) {
        return new SchemaDefinition(id, name, owner, tables, graphs, sequences, views, enums, newComment);
    }

    /** Whether nothing is in it. */
    public boolean isEmpty() {
        return tables.isEmpty() && graphs.isEmpty() && sequences.isEmpty() && views.isEmpty() && enums.isEmpty();
    }

    /** Whether something here that shares the names of tables has this one. */
    public boolean hasRelation(String relation) {
        return tables.containsKey(relation)
                || graphs.containsKey(relation)
                || sequences.containsKey(relation)
                || views.containsKey(relation)
                || tables.values().stream()
                        .anyMatch(table -> table.index(relation).isPresent()
                                || (table.hasPrimaryKey()
                                        && table.primaryKeyConstraint().equals(relation)));
    }
}
