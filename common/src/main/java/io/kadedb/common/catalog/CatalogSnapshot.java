package io.kadedb.common.catalog;

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
