package io.kadedb.common.catalog;

/** A change of the catalog, validated by the planner and stored by the transaction that applies it. */
public sealed interface CatalogChange {
    /** Adds an empty schema. */
    record CreateSchema(String name, String owner) implements CatalogChange {}

    /** Removes a schema; with {@code cascade} also what is in it. */
    record DropSchema(String name, boolean cascade) implements CatalogChange {}

    /** Adds a table; its id is given by the catalog. */
    record CreateTable(TableDefinition table) implements CatalogChange {}

    /** Removes a table and its rows. */
    record DropTable(String schema, String name) implements CatalogChange {}

    /** Adds a property graph, or replaces the one of its name; its id is given by the catalog. */
    record CreatePropertyGraph(PropertyGraphDefinition graph) implements CatalogChange {}

    /** Removes a property graph. */
    record DropPropertyGraph(String schema, String name) implements CatalogChange {}

    /** Adds an index, over the rows there are; its id is given by the catalog. */
    record CreateIndex(String schema, String table, IndexDefinition index) implements CatalogChange {}

    /** Removes an index. */
    record DropIndex(String schema, String table, String index) implements CatalogChange {}

    /** Gives a table, known by its id, another definition; the schema version is the catalog's affair. */
    record ReplaceTable(TableDefinition table) implements CatalogChange {}
}
