package io.kadedb.common.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole catalog as one transaction sees it. Immutable.
 *
 * @param version changes with every change of the catalog; equal versions mean equal catalogs within one database
 */
public record CatalogSnapshot(long version, Map<String, SchemaDefinition> schemas) {
    /** The schema that exists in every new database. */
    public static final String DEFAULT_SCHEMA = "public";

    public CatalogSnapshot {
        schemas = Map.copyOf(schemas);
    }

    public Optional<TableDefinition> table(String schema, String name) {
        return Optional.ofNullable(schemas.get(schema)).map(s -> s.tables().get(name));
    }

    /** The first table of that name along the search path. */
    public Optional<TableDefinition> table(List<String> searchPath, String name) {
        return searchPath.stream()
                .flatMap(schema -> table(schema, name).stream())
                .findFirst();
    }

    public Optional<PropertyGraphDefinition> graph(String schema, String name) {
        return Optional.ofNullable(schemas.get(schema)).map(s -> s.graphs().get(name));
    }

    /** The first property graph of that name along the search path. */
    public Optional<PropertyGraphDefinition> graph(List<String> searchPath, String name) {
        return searchPath.stream()
                .flatMap(schema -> graph(schema, name).stream())
                .findFirst();
    }

    public Optional<SequenceDefinition> sequence(String schema, String name) {
        return Optional.ofNullable(schemas.get(schema)).map(s -> s.sequences().get(name));
    }

    /** The first sequence of that name along the search path. */
    public Optional<SequenceDefinition> sequence(List<String> searchPath, String name) {
        return searchPath.stream()
                .flatMap(schema -> sequence(schema, name).stream())
                .findFirst();
    }

    /** The sequences that go with columns of a table, in the order of their names. */
    public List<SequenceDefinition> sequencesOf(long tableId) {
        return schemas.values().stream()
                .flatMap(schema -> schema.sequences().values().stream())
                .filter(sequence -> sequence.ownedBy()
                        .filter(owner -> owner.table() == tableId)
                        .isPresent())
                .sorted(Comparator.comparing(SequenceDefinition::qualifiedName))
                .toList();
    }

    /** The sequence of an identity column. */
    public Optional<SequenceDefinition> identitySequence(long tableId, int columnId) {
        return sequencesOf(tableId).stream()
                .filter(sequence ->
                        sequence.ownedBy().equals(Optional.of(new SequenceDefinition.Owner(tableId, columnId, true))))
                .findFirst();
    }

    public Optional<ViewDefinition> view(String schema, String name) {
        return Optional.ofNullable(schemas.get(schema)).map(s -> s.views().get(name));
    }

    /** The first view of that name along the search path. */
    public Optional<ViewDefinition> view(List<String> searchPath, String name) {
        return searchPath.stream()
                .flatMap(schema -> view(schema, name).stream())
                .findFirst();
    }

    /** The table that a view names: TRUNCATE gives a table another id, under the name it has. */
    public Optional<TableDefinition> table(ViewDefinition.UsedRelation used) {
        Optional<TableDefinition> known = table(used.id());
        return known.isPresent() || view(used.id()).isPresent() ? known : table(used.schema(), used.name());
    }

    /** The view with an id. */
    public Optional<ViewDefinition> view(long id) {
        return schemas.values().stream()
                .flatMap(schema -> schema.views().values().stream())
                .filter(view -> view.id() == id)
                .findFirst();
    }

    /** The table with an id. */
    public Optional<TableDefinition> table(long id) {
        for (SchemaDefinition schema : schemas.values()) {
            for (TableDefinition table : schema.tables().values()) {
                if (table.id() == id) {
                    return Optional.of(table);
                }
            }
        }
        return Optional.empty();
    }
}
