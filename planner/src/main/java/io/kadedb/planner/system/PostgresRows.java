package io.kadedb.planner.system;

import static io.kadedb.planner.system.RelationRows.row;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.parser.Identifiers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The views of pg_catalog that people ask: pg_tables, pg_views and pg_indexes. */
final class PostgresRows {
    private PostgresRows() {}

    static List<SystemRelation> relations() {
        return List.of(
                SystemRelation.of(
                        SystemRelations.PG_CATALOG,
                        "pg_tables",
                        "schemaname tablename tableowner tablespace ?hasindexes ?hasrules ?hastriggers ?rowsecurity",
                        PostgresRows::tables),
                SystemRelation.of(
                        SystemRelations.PG_CATALOG,
                        "pg_views",
                        "schemaname viewname viewowner definition",
                        PostgresRows::views),
                SystemRelation.of(
                        SystemRelations.PG_CATALOG,
                        "pg_matviews",
                        "schemaname matviewname matviewowner tablespace ?hasindexes ?ispopulated definition",
                        PostgresRows::materializedViews),
                SystemRelation.of(
                        SystemRelations.PG_CATALOG,
                        "pg_indexes",
                        "schemaname tablename indexname tablespace indexdef",
                        PostgresRows::indexes));
    }

    private static List<List<@Nullable Object>> tables(CatalogSnapshot catalog) {
        return RelationRows.tables(catalog, false)
                .map(table -> row(
                        table.schema(),
                        table.name(),
                        table.owner(),
                        null,
                        table.hasPrimaryKey() || !table.indexes().isEmpty(),
                        false,
                        !table.foreignKeys().isEmpty(),
                        false))
                .toList();
    }

    private static List<List<@Nullable Object>> views(CatalogSnapshot catalog) {
        return RelationRows.all(catalog, SchemaDefinition::views)
                .map(view -> row(view.schema(), view.name(), view.owner(), view.query()))
                .toList();
    }

    private static List<List<@Nullable Object>> materializedViews(CatalogSnapshot catalog) {
        return RelationRows.tables(catalog, true)
                .map(view -> row(
                        view.schema(),
                        view.name(),
                        view.owner(),
                        null,
                        !view.indexes().isEmpty(),
                        view.materialized().orElseThrow().populated(),
                        view.materialized().orElseThrow().query()))
                .toList();
    }

    private static List<List<@Nullable Object>> indexes(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDefinition table :
                RelationRows.all(catalog, SchemaDefinition::tables).toList()) {
            if (table.hasPrimaryKey()) {
                List<String> columns = table.primaryKey().stream()
                        .map(ordinal -> table.columns().get(ordinal).name())
                        .toList();
                rows.add(primaryKey(table, columns));
            }
            for (IndexDefinition index : table.indexes()) {
                rows.add(row(table.schema(), table.name(), index.name(), null, IndexText.create(table, index)));
            }
        }
        return rows;
    }

    private static List<@Nullable Object> primaryKey(TableDefinition table, List<String> columns) {
        String name = table.primaryKeyConstraint();
        return row(
                table.schema(),
                table.name(),
                name,
                null,
                "CREATE UNIQUE INDEX " + Identifiers.quoted(name) + " ON "
                        + Identifiers.qualified(table.schema(), table.name()) + " USING btree ("
                        + Identifiers.list(columns) + ")");
    }
}
