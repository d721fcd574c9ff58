package io.kadedb.planner.system;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The relations there are in information_schema and pg_catalog. */
public final class SystemRelations {
    public static final String INFORMATION_SCHEMA = "information_schema";
    /** At the end of every search path. */
    public static final String PG_CATALOG = "pg_catalog";

    public static final Set<String> SCHEMAS = Set.of(INFORMATION_SCHEMA, PG_CATALOG);

    private static final Map<String, Map<String, SystemRelation>> RELATIONS = relations();

    private SystemRelations() {}

    public static Optional<SystemRelation> find(String schema, String name) {
        return Optional.ofNullable(RELATIONS.getOrDefault(schema, Map.of()).get(name));
    }

    /** The names of all of them, for those who miss one. */
    public static List<String> names() {
        return Stream.concat(
                        RELATIONS.values().stream().flatMap(relations -> relations.keySet().stream()),
                        SystemViews.names().stream())
                .toList();
    }

    private static Map<String, Map<String, SystemRelation>> relations() {
        Map<String, Map<String, SystemRelation>> relations = new HashMap<>();
        Stream.of(
                        RelationRows.relations(),
                        ColumnRows.relations(),
                        ConstraintRows.relations(),
                        GraphRows.relations(),
                        PostgresRows.relations())
                .flatMap(List::stream)
                .forEach(relation -> relations
                        .computeIfAbsent(relation.schema(), schema -> new HashMap<>())
                        .put(relation.name(), relation));
        return Map.copyOf(relations);
    }
}
