package io.kadedb.server.script;

import static io.kadedb.parser.Identifiers.qualified;
import static io.kadedb.parser.Identifiers.quoted;
import static io.kadedb.parser.Identifiers.string;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** COMMENT ON whatever has one. */
final class CommentScript {
    private final List<String> statements = new ArrayList<>();

    private CommentScript() {}

    /** The comments of a table, its columns, indexes and constraints. */
    static List<String> of(TableDefinition table) {
        CommentScript script = new CommentScript();
        script.table(table);
        return script.statements;
    }

    /** The comments of a view and its columns. */
    static List<String> of(ViewDefinition view) {
        CommentScript script = new CommentScript();
        String name = qualified(view.schema(), view.name());
        script.add("VIEW " + name, view.comment());
        script.columns(name, view.columns());
        return script.statements;
    }

    /** The comments of a schema, its sequences and graphs. */
    static List<String> of(SchemaDefinition schema) {
        CommentScript script = new CommentScript();
        script.add("SCHEMA " + quoted(schema.name()), schema.comment());
        new TreeMap<>(schema.sequences())
                .values()
                .forEach(sequence ->
                        script.add("SEQUENCE " + qualified(schema.name(), sequence.name()), sequence.comment()));
        new TreeMap<>(schema.graphs())
                .values()
                .forEach(graph ->
                        script.add("PROPERTY GRAPH " + qualified(schema.name(), graph.name()), graph.comment()));
        return script.statements;
    }

    private void table(TableDefinition table) {
        String name = qualified(table.schema(), table.name());
        add((table.materialized().isPresent() ? "MATERIALIZED VIEW " : "TABLE ") + name, table.comment());
        columns(name, table.columns());
        table.indexes().forEach(index -> add("INDEX " + qualified(table.schema(), index.name()), index.comment()));
        new TreeMap<>(table.constraintComments())
                .forEach((constraint, comment) ->
                        add("CONSTRAINT " + quoted(constraint) + " ON " + name, Optional.of(comment)));
    }

    private void columns(String relation, List<ColumnDefinition> columns) {
        columns.forEach(column -> add("COLUMN " + relation + "." + quoted(column.name()), column.comment()));
    }

    private void add(String object, Optional<String> comment) {
        comment.ifPresent(text -> statements.add("COMMENT ON " + object + " IS " + string(text) + ";"));
    }
}
