package io.kadedb.common.catalog;

import java.util.List;
import java.util.Optional;

/** A change of the catalog, validated by the planner and stored by the transaction that applies it. */
public sealed interface CatalogChange {
    /** Adds an empty schema. */
    record CreateSchema(String name, String owner) implements CatalogChange {}

    /** Gives a schema a comment, or takes it away. */
    record CommentSchema(String name, Optional<String> comment) implements CatalogChange {}

    /** Removes a schema; with {@code cascade} also what is in it. */
    record DropSchema(String name, boolean cascade) implements CatalogChange {}

    /**
     * Adds a table; its id is given by the catalog.
     *
     * @param sequences that its columns own, to be added too: their owner's table is 0
     */
    record CreateTable(TableDefinition table, List<SequenceDefinition> sequences) implements CatalogChange {
        public CreateTable {
            sequences = List.copyOf(sequences);
        }

        public CreateTable(TableDefinition table) {
            this(table, List.of());
        }
    }

    /** Removes a table and its rows. */
    record DropTable(String schema, String name) implements CatalogChange {}

    /** Adds a property graph, or replaces the one of its name; its id is given by the catalog. */
    record CreatePropertyGraph(PropertyGraphDefinition graph) implements CatalogChange {}

    /** Gives a property graph, known by its id, another definition, which may have another name. */
    record ReplacePropertyGraph(PropertyGraphDefinition graph) implements CatalogChange {}

    /** Removes a property graph. */
    record DropPropertyGraph(String schema, String name) implements CatalogChange {}

    /** Adds a view, or replaces the one of its name; its id is given by the catalog. */
    record CreateView(ViewDefinition view) implements CatalogChange {}

    /** Gives a view, known by its id, another definition, which may have another name. */
    record ReplaceView(ViewDefinition view) implements CatalogChange {}

    /** Removes a view. */
    record DropView(String schema, String name) implements CatalogChange {}

    /** Adds an enumerated type; its id is given by the catalog. */
    record CreateEnum(EnumDefinition type) implements CatalogChange {}

    /** Gives an enumerated type, known by its id, another definition. Columns of it are changed by themselves. */
    record ReplaceEnum(EnumDefinition type) implements CatalogChange {}

    /** Removes an enumerated type. */
    record DropEnum(String schema, String name) implements CatalogChange {}

    /** Adds an index, over the rows there are; its id is given by the catalog. */
    record CreateIndex(String schema, String table, IndexDefinition index) implements CatalogChange {}

    /** Removes an index. */
    record DropIndex(String schema, String table, String index) implements CatalogChange {}

    /** Adds a sequence; its id and counter are given by the catalog. */
    record CreateSequence(SequenceDefinition sequence) implements CatalogChange {}

    /**
     * Gives a sequence, known by its id, another definition.
     *
     * @param restarted whether it begins anew with its first value
     */
    record ReplaceSequence(SequenceDefinition sequence, boolean restarted) implements CatalogChange {}

    /** Removes a sequence. */
    record DropSequence(String schema, String name) implements CatalogChange {}

    /**
     * Gives a table, known by its id, another definition; the schema version is the catalog's affair. Sequences owned by
     * columns that are gone go too. Indexes that are not in it are removed, and what it renames is renamed.
     */
    record ReplaceTable(TableDefinition table) implements CatalogChange {}

    /**
     * Adds a table whose rows are to become those of another. Its indexes and constraints may have the names of the
     * other's.
     */
    record CreateShadow(TableDefinition table) implements CatalogChange {}

    /**
     * Replaces a table, known by its id, which stays its own, by a shadow of it, and removes what was stored of it before.
     *
     * @param table as it is now, with the columns, key and indexes of the shadow
     */
    record SwapShadow(TableDefinition table, String shadow) implements CatalogChange {}
}
