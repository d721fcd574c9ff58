package io.kadedb.server.script;

import static io.kadedb.parser.Identifiers.quoted;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.storage.api.SequenceValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that make all of a database: before its rows, in an order in which each finds what it names, and after
 * them what is cheaper then or may only be then.
 */
public final class DatabaseScript {
    private static final Set<String> BUILT_IN = Set.of("public", "pg_catalog", "information_schema");

    private final CatalogSnapshot catalog;
    private final List<SchemaDefinition> schemas;
    private final Map<Long, TableDefinition> ordered = new LinkedHashMap<>();

    public DatabaseScript(CatalogSnapshot catalog) {
        this.catalog = catalog;
        // Temporary tables are nobody else's.
        this.schemas = new TreeMap<>(catalog.schemas())
                .values().stream()
                        .filter(schema -> !CatalogSnapshot.isTemporary(schema.name()))
                        .toList();
        Set<Long> begun = new HashSet<>();
        all(schema -> new TreeMap<>(schema.tables()).values().stream())
                .filter(table -> table.materialized().isEmpty())
                .forEach(table -> order(table, begun));
    }

    private <T> Stream<T> all(Function<SchemaDefinition, Stream<T>> members) {
        return schemas.stream().flatMap(members);
    }

    private Stream<SequenceDefinition> sequences() {
        return all(schema -> new TreeMap<>(schema.sequences()).values().stream());
    }

    /** Puts what a table refers to before it; a circle is cut where it is met again. */
    private void order(TableDefinition table, Set<Long> begun) {
        if (begun.add(table.id())) {
            table.foreignKeys()
                    .forEach(key -> catalog.table(key.referencedTable()).ifPresent(next -> order(next, begun)));
            ordered.put(table.id(), table);
        }
    }

    /** The tables, each behind those that it refers to but for circles. */
    public List<TableDefinition> tables() {
        return List.copyOf(ordered.values());
    }

    /** What comes before the rows. */
    public List<String> before() {
        List<String> statements = new ArrayList<>();
        for (SchemaDefinition schema : schemas) {
            if (!BUILT_IN.contains(schema.name())) {
                statements.add("CREATE SCHEMA " + quoted(schema.name()) + ";");
            }
        }
        all(schema -> new TreeMap<>(schema.enums()).values().stream())
                .forEach(type ->
                        statements.add("CREATE TYPE " + quoted(type.schema()) + "." + quoted(type.name()) + " AS ENUM ("
                                + type.labels().labels().stream()
                                        .map(label -> "'" + label.text().replace("'", "''") + "'")
                                        .collect(Collectors.joining(", "))
                                + ");"));
        SequenceScript script = new SequenceScript(catalog);
        sequences()
                .filter(sequence -> !SequenceScript.isIdentity(sequence))
                .forEach(sequence -> statements.add(script.create(sequence)));
        Set<Long> made = new HashSet<>();
        for (TableDefinition table : ordered.values()) {
            made.add(table.id());
            List<ForeignKeyDefinition> keys = table.foreignKeys().stream()
                    .filter(key -> key.valid() && made.contains(key.referencedTable()))
                    .toList();
            statements.add(new TableScript(catalog, table).create(keys));
        }
        sequences().forEach(sequence -> script.owner(sequence).ifPresent(statements::add));
        return statements;
    }

    /** What comes after the rows. */
    public List<String> after(SequenceValues values) {
        List<String> statements = new ArrayList<>();
        ordered.values().forEach(table -> statements.addAll(new TableScript(catalog, table).indexes()));
        Set<Long> before = new HashSet<>();
        for (TableDefinition table : ordered.values()) {
            before.add(table.id());
            TableScript script = new TableScript(catalog, table);
            statements.addAll(script.addUnchecked());
            table.foreignKeys().stream()
                    .filter(key -> !key.valid() || !before.contains(key.referencedTable()))
                    .forEach(key -> statements.add(script.add(key)));
        }
        sequences()
                .forEach(sequence -> SequenceScript.position(sequence, values.position(sequence))
                        .ifPresent(statements::add));
        ViewScript views = new ViewScript(catalog);
        List<ViewDefinition> inOrder = new ArrayList<>();
        new ReaderOrder(
                        catalog,
                        view -> {
                            inOrder.add(view);
                            statements.add(views.create(view));
                            catalog.table(view.id())
                                    .ifPresent(table -> statements.addAll(new TableScript(catalog, table).indexes()));
                        },
                        graph -> statements.add(GraphScript.create(graph)))
                .visit();
        schemas.forEach(schema -> statements.addAll(CommentScript.of(schema)));
        ordered.values().forEach(table -> statements.addAll(CommentScript.of(table)));
        inOrder.forEach(view -> statements.addAll(
                catalog.table(view.id()).map(CommentScript::of).orElseGet(() -> CommentScript.of(view))));
        return statements;
    }
}
