package io.kadedb.planner.system;

import static io.kadedb.planner.system.RelationRows.row;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
                        "pg_indexes",
                        "schemaname tablename indexname tablespace indexdef",
                        PostgresRows::indexes));
    }

    private static List<List<@Nullable Object>> tables(CatalogSnapshot catalog) {
        return RelationRows.all(catalog, SchemaDefinition::tables)
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

    private static List<List<@Nullable Object>> indexes(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDefinition table :
                RelationRows.all(catalog, SchemaDefinition::tables).toList()) {
            if (table.hasPrimaryKey()) {
                List<String> columns = table.primaryKey().stream()
                        .map(ordinal -> table.columns().get(ordinal).name())
                        .toList();
                rows.add(index(table, table.primaryKeyConstraint(), true, columns));
            }
            for (IndexDefinition index : table.indexes()) {
                List<String> columns = index.parts().stream()
                        .map(part -> table.columns()
                                        .get(table.ordinalOfId(part.columnId()))
                                        .name()
                                + (part.descending() ? " DESC" : ""))
                        .toList();
                rows.add(index(table, index.name(), index.unique(), columns));
            }
        }
        return rows;
    }

    private static List<@Nullable Object> index(
            TableDefinition table, String name, boolean unique, List<String> columns) {
        return row(
                table.schema(),
                table.name(),
                name,
                null,
                "CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + name + " ON " + table.qualifiedName()
                        + " USING btree " + columns.stream().collect(Collectors.joining(", ", "(", ")")));
    }
}
