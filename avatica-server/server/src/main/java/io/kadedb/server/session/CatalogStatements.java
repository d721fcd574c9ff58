package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.server.script.GraphScript;
import io.kadedb.server.script.TableScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SHOW TABLES, SHOW SCHEMAS and DESCRIBE: answers from the catalog. */
final class CatalogStatements {
    static final List<String> TABLES = List.of("schema", "name", "kind");
    static final List<String> SCHEMAS = List.of("name", "owner");
    static final List<String> COLUMNS = List.of("column", "type", "nullable", "key", "default", "comment");

    static final List<String> CREATE = List.of("table", "statements");
    static final List<String> CREATE_GRAPH = List.of("property_graph", "statement");

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
                        .values()
                        .forEach(table -> rows.add(List.of(
                                schema.name(),
                                table.name(),
                                table.onCommit().isPresent()
                                        ? "temporary table"
                                        : table.materialized().isPresent() ? "materialized view" : "table")));
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
        Optional<ViewDefinition> view = view(describe.table(), catalog, searchPath);
        if (view.isPresent()) {
            return CompletedPortal.rows(
                    "DESCRIBE",
                    COLUMNS,
                    view.get().columns().stream()
                            .map(column -> row(column, true, null))
                            .toList());
        }
        TableDefinition table = find(describe.table(), catalog, searchPath);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            int key = table.primaryKey().indexOf(i);
            rows.add(row(column, column.nullable(), key < 0 ? null : "primary key (" + (key + 1) + ")"));
        }
        return CompletedPortal.rows("DESCRIBE", COLUMNS, rows);
    }

    private static List<@Nullable String> row(ColumnDefinition column, boolean nullable, @Nullable String key) {
        return Arrays.asList(
                column.name(),
                column.type().toString(),
                nullable ? "yes" : "no",
                key,
                origin(column),
                column.comment().orElse(null));
    }

    private static Optional<ViewDefinition> view(QualifiedName name, CatalogSnapshot catalog, List<String> searchPath) {
        String last = name.last().text();
        List<String> path = name.schema().map(schema -> List.of(schema.text())).orElse(searchPath);
        return path.stream()
                .filter(schema -> catalog.schemas().containsKey(schema)
                        && catalog.schemas().get(schema).hasRelation(last))
                .findFirst()
                .flatMap(schema -> catalog.view(schema, last));
    }

    /** Where values come from that a statement does not give, as CREATE TABLE says it. */
    private static @Nullable String origin(ColumnDefinition column) {
        if (column.generatedSql().isPresent()) {
            return "generated always as (" + column.generatedSql().get() + ")" + (column.virtual() ? "" : " stored");
        }
        return column.identity()
                .map(kind -> kind == ColumnDefinition.Identity.ALWAYS
                        ? "generated always as identity"
                        : "generated by default as identity")
                .or(column::defaultSql)
                .orElse(null);
    }

    static Portal showCreate(Statement.ShowCreateTable show, CatalogSnapshot catalog, List<String> searchPath) {
        TableDefinition table = find(show.table(), catalog, searchPath);
        String text = String.join("\n", new TableScript(catalog, table).whole());
        return CompletedPortal.rows("SHOW", CREATE, List.of(List.of(table.name(), text)));
    }

    static Portal showCreate(Statement.ShowCreateGraph show, CatalogSnapshot catalog, List<String> searchPath) {
        QualifiedName name = show.graph();
        String last = name.last().text();
        PropertyGraphDefinition graph = name.schema()
                .map(schema -> catalog.graph(schema.text(), last))
                .orElseGet(() -> catalog.graph(searchPath, last))
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.UNDEFINED_OBJECT, "property graph \"" + name + "\" does not exist")
                        .at(name.position())
                        .hint(NearNames.hint(
                                        last,
                                        catalog.schemas().values().stream()
                                                .flatMap(schema -> schema.graphs().keySet().stream())
                                                .toList())
                                .orElse(null)));
        return CompletedPortal.rows("SHOW", CREATE_GRAPH, List.of(List.of(graph.name(), GraphScript.create(graph))));
    }

    /**
     * A table that a statement names.
     *
     * @throws KadeException 42P01
     */
    static TableDefinition find(QualifiedName name, CatalogSnapshot catalog, List<String> searchPath) {
        Optional<TableDefinition> table = name.schema()
                .map(schema -> catalog.table(schema.text(), name.last().text()))
                .orElseGet(() -> catalog.table(searchPath, name.last().text()));
        return table.orElseThrow(() -> KadeException.of(ErrorCode.UNDEFINED_TABLE, "there is no table \"" + name + "\"")
                .at(name.position())
                .hint(NearNames.hint(
                                name.last().text(),
                                catalog.schemas().values().stream()
                                        .flatMap(schema -> Stream.concat(
                                                schema.tables().keySet().stream(), schema.views().keySet().stream()))
                                        .toList())
                        .orElse(null)));
    }
}
