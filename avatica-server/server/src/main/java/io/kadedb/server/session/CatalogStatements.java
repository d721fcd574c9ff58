package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SHOW TABLES, SHOW SCHEMAS and DESCRIBE: answers from the catalog. */
final class CatalogStatements {
    static final List<String> TABLES = List.of("schema", "name", "kind");
    static final List<String> SCHEMAS = List.of("name", "owner");
    static final List<String> COLUMNS = List.of("column", "type", "nullable", "key", "default");

    private CatalogStatements() {}

    static Portal showTables(Statement.ShowTables show, CatalogSnapshot catalog) {
        List<List<String>> rows = new ArrayList<>();
        show.schema().ifPresent(name -> {
            if (!catalog.schemas().containsKey(name.text())) {
                throw KadeException.of(ErrorCode.INVALID_SCHEMA_NAME, "there is no schema \"" + name.text() + "\"")
                        .at(name.position())
                        .hint(NearNames.hint(name.text(), catalog.schemas().keySet())
                                .orElse(null));
            }
        });
        for (SchemaDefinition schema : new TreeMap<>(catalog.schemas()).values()) {
            if (show.schema().isEmpty() || show.schema().get().text().equals(schema.name())) {
                new TreeMap<>(schema.tables())
                        .keySet()
                        .forEach(name -> rows.add(List.of(schema.name(), name, "table")));
                new TreeMap<>(schema.views()).keySet().forEach(name -> rows.add(List.of(schema.name(), name, "view")));
                new TreeMap<>(schema.graphs())
                        .keySet()
                        .forEach(name -> rows.add(List.of(schema.name(), name, "property graph")));
            }
        }
        return CompletedPortal.rows("SHOW", TABLES, rows);
    }

    static Portal showSchemas(CatalogSnapshot catalog) {
        return CompletedPortal.rows(
                "SHOW",
                SCHEMAS,
                new TreeMap<>(catalog.schemas())
                        .values().stream()
                                .map(schema -> List.of(schema.name(), schema.owner()))
                                .toList());
    }

    static Portal describe(Statement.Describe describe, CatalogSnapshot catalog, List<String> searchPath) {
        TableDefinition table = find(describe.table(), catalog, searchPath);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            int key = table.primaryKey().indexOf(i);
            rows.add(Arrays.asList(
                    column.name(),
                    column.type().toString(),
                    column.nullable() ? "yes" : "no",
                    key < 0 ? null : "primary key (" + (key + 1) + ")",
                    column.defaultSql().orElse(null)));
        }
        return CompletedPortal.rows("DESCRIBE", COLUMNS, rows);
    }

    private static TableDefinition find(QualifiedName name, CatalogSnapshot catalog, List<String> searchPath) {
        Optional<TableDefinition> table = name.schema()
                .map(schema -> catalog.table(schema.text(), name.last().text()))
                .orElseGet(() -> catalog.table(searchPath, name.last().text()));
        return table.orElseThrow(() -> KadeException.of(ErrorCode.UNDEFINED_TABLE, "there is no table \"" + name + "\"")
                .at(name.position())
                .hint(NearNames.hint(
                                name.last().text(),
                                catalog.schemas().values().stream()
                                        .flatMap(schema -> schema.tables().keySet().stream())
                                        .toList())
                        .orElse(null)));
    }
}
