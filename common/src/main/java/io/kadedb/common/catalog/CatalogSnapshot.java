package io.kadedb.common.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole catalog as one transaction sees it. Immutable.
 *
 * @param version changes with every change of the catalog; equal versions mean equal catalogs within one database
 * @param temporary the name of the schema that holds the temporary tables of the session that looks, whether there are any
 *     or not; empty where nobody does
 */
public record CatalogSnapshot(long version, Map<String, SchemaDefinition> schemas, Optional<String> temporary) {
    /** The schema that exists in every new database. */
    public static final String DEFAULT_SCHEMA = "public";

    /** What every session calls the schema of its temporary tables. */
    public static final String TEMPORARY_ALIAS = "pg_temp";

    private static final String TEMPORARY_PREFIX = "pg_temp_";

    public CatalogSnapshot {
        schemas = Map.copyOf(schemas);
    }

    /** The catalog with the temporary tables of all sessions. */
    public CatalogSnapshot(long version, Map<String, SchemaDefinition> schemas) {
        this(version, schemas, Optional.empty());
    }

    /** The name of the schema that holds a session's temporary tables. */
    public static String temporarySchema(String session) {
        return TEMPORARY_PREFIX + session;
    }

    /** Whether a schema holds temporary tables. */
    public static boolean isTemporary(String schema) {
        return schema.startsWith(TEMPORARY_PREFIX);
    }

    /** The catalog as a session sees it: without the temporary tables of others. */
    public CatalogSnapshot seenBy(String session) {
        String own = temporarySchema(session);
        Map<String, SchemaDefinition> seen = schemas;
        if (schemas.keySet().stream().anyMatch(name -> isTemporary(name) && !name.equals(own))) {
            seen = new HashMap<>(schemas);
            seen.keySet().removeIf(name -> isTemporary(name) && !name.equals(own));
        }
        return new CatalogSnapshot(version, seen, Optional.of(own));
    }

    /** A search path as it is used: the temporary tables come first. */
    public List<String> withTemporary(List<String> searchPath) {
        if (temporary.isEmpty() || !schemas.containsKey(temporary.get()) || searchPath.contains(temporary.get())) {
            return searchPath;
        }
        List<String> path = new ArrayList<>(searchPath);
        path.remove(TEMPORARY_ALIAS);
        path.addFirst(temporary.get());
        return List.copyOf(path);
    }

    /** The schema of a name, which may be {@link #TEMPORARY_ALIAS}. */
    public Optional<SchemaDefinition> schema(String name) {
        return Optional.ofNullable(schemas.get(name.equals(TEMPORARY_ALIAS) ? temporary.orElse(name) : name));
    }

    public Optional<TableDefinition> table(String schema, String name) {
        return schema(schema).map(s -> s.tables().get(name));
    }

    /** The first table of that name along the search path. */
    public Optional<TableDefinition> table(List<String> searchPath, String name) {
        return searchPath.stream()
                .flatMap(schema -> table(schema, name).stream())
                .findFirst();
    }

    public Optional<PropertyGraphDefinition> graph(String schema, String name) {
        return schema(schema).map(s -> s.graphs().get(name));
    }

    /** The first property graph of that name along the search path. */
    public Optional<PropertyGraphDefinition> graph(List<String> searchPath, String name) {
        return searchPath.stream()
                .flatMap(schema -> graph(schema, name).stream())
                .findFirst();
    }

    public Optional<SequenceDefinition> sequence(String schema, String name) {
        return schema(schema).map(s -> s.sequences().get(name));
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

    public Optional<EnumDefinition> enumeration(String schema, String name) {
        return schema(schema).map(s -> s.enums().get(name));
    }

    /** The first enumerated type of that name along the search path. */
    public Optional<EnumDefinition> enumeration(List<String> searchPath, String name) {
        return searchPath.stream()
                .flatMap(schema -> enumeration(schema, name).stream())
                .findFirst();
    }

    public Optional<ViewDefinition> view(String schema, String name) {
        return schema(schema).map(s -> s.views().get(name));
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

    /** All views, materialized ones among them. */
    public Stream<ViewDefinition> allViews() {
        return schemas.values().stream()
                .flatMap(schema -> Stream.concat(
                        schema.views().values().stream(),
                        schema.tables().values().stream().flatMap(table -> table.asView().stream())));
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
