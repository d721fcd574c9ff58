package io.kadedb.server.script;

import static io.kadedb.parser.Identifiers.list;
import static io.kadedb.parser.Identifiers.qualified;
import static io.kadedb.parser.Identifiers.quoted;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.planner.system.IndexText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The statements that make a table. */
public final class TableScript {
    private final CatalogSnapshot catalog;
    private final TableDefinition table;

    public TableScript(CatalogSnapshot catalog, TableDefinition table) {
        this.catalog = catalog;
        this.table = table;
    }

    /** All of them, with what the table's columns own. */
    public List<String> whole() {
        List<String> statements = new ArrayList<>();
        if (table.materialized().isPresent()) {
            statements.add(new ViewScript(catalog).create(table.asView().orElseThrow()));
            statements.addAll(indexes());
            statements.addAll(CommentScript.of(table));
            return statements;
        }
        SequenceScript sequences = new SequenceScript(catalog);
        catalog.sequencesOf(table.id()).stream()
                .filter(sequence -> !SequenceScript.isIdentity(sequence))
                .forEach(sequence -> statements.add(sequences.create(sequence)));
        statements.add(create(
                table.foreignKeys().stream().filter(ForeignKeyDefinition::valid).toList()));
        catalog.sequencesOf(table.id())
                .forEach(sequence -> sequences.owner(sequence).ifPresent(statements::add));
        statements.addAll(indexes());
        statements.addAll(addUnchecked());
        table.foreignKeys().stream().filter(key -> !key.valid()).forEach(key -> statements.add(add(key)));
        statements.addAll(CommentScript.of(table));
        return statements;
    }

    /**
     * CREATE TABLE.
     *
     * @param foreignKeys which of them are part of it
     */
    String create(List<ForeignKeyDefinition> foreignKeys) {
        List<String> elements = new ArrayList<>();
        table.columns().forEach(column -> elements.add(column(column)));
        if (table.hasPrimaryKey()) {
            List<String> key = table.primaryKey().stream()
                    .map(ordinal -> table.columns().get(ordinal).name())
                    .toList();
            elements.add(constraint(table.primaryKeyConstraint()) + "PRIMARY KEY (" + list(key) + ")");
        }
        for (IndexDefinition index : table.indexes()) {
            if (index.constraint()) {
                elements.add(constraint(index.name()) + "UNIQUE "
                        + (index.nullsNotDistinct() ? "NULLS NOT DISTINCT " : "") + "("
                        + list(names(table, index.columnIds())) + ")");
            }
        }
        table.checks().stream().filter(CheckDefinition::valid).forEach(check -> elements.add(check(check)));
        foreignKeys.forEach(key -> elements.add(foreignKey(key)));
        String body = elements.stream().map(element -> "\n  " + element).collect(Collectors.joining(","));
        return "CREATE TABLE " + qualified(table.schema(), table.name()) + " (" + body + "\n)"
                + PartitioningText.clauses(table) + ";";
    }

    /** ALTER TABLE .. ADD a foreign key. */
    String add(ForeignKeyDefinition key) {
        return add(foreignKey(key), key.valid());
    }

    /** ALTER TABLE .. ADD the checks that not all rows were found to pass. */
    List<String> addUnchecked() {
        return table.checks().stream()
                .filter(check -> !check.valid())
                .map(check -> add(check(check), false))
                .toList();
    }

    private String add(String constraint, boolean valid) {
        return "ALTER TABLE " + qualified(table.schema(), table.name()) + " ADD " + constraint
                + (valid ? "" : " NOT VALID") + ";";
    }

    private static String check(CheckDefinition check) {
        return constraint(check.name()) + "CHECK (" + check.conditionSql() + ")";
    }

    private static String constraint(String name) {
        return "CONSTRAINT " + quoted(name) + " ";
    }

    private String column(ColumnDefinition column) {
        StringBuilder text =
                new StringBuilder(quoted(column.name())).append(' ').append(TypeNames.of(column.type()));
        column.generatedSql()
                .ifPresent(sql -> text.append(" GENERATED ALWAYS AS (")
                        .append(sql)
                        .append(column.virtual() ? ") VIRTUAL" : ") STORED"));
        column.identity()
                .ifPresent(identity -> text.append(" GENERATED ")
                        .append(identity == ColumnDefinition.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT")
                        .append(" AS IDENTITY")
                        .append(catalog.identitySequence(table.id(), column.id())
                                .map(sequence -> " (" + SequenceScript.options(sequence) + ")")
                                .orElse("")));
        column.defaultSql().ifPresent(sql -> text.append(" DEFAULT ").append(sql));
        // Columns of a primary key and identity columns are never NULL.
        boolean said = table.primaryKey().contains(table.columns().indexOf(column))
                || column.identity().isPresent();
        String name = column.notNullName()
                .map(given -> " " + constraint(given).strip())
                .orElse("");
        boolean written = !column.nullable() && (!said || !name.isEmpty());
        return text.append(written ? name + " NOT NULL" : "").toString();
    }

    private String foreignKey(ForeignKeyDefinition key) {
        TableDefinition referenced = catalog.table(key.referencedTable()).orElse(table);
        StringBuilder text = new StringBuilder(constraint(key.name()))
                .append("FOREIGN KEY (")
                .append(list(names(table, key.columns())))
                .append(") REFERENCES ")
                .append(qualified(referenced.schema(), referenced.name()))
                .append(" (")
                .append(list(names(referenced, key.referencedColumns())))
                .append(key.matchFull() ? ") MATCH FULL" : ")");
        if (key.onUpdate() != ForeignKeyDefinition.Action.NO_ACTION) {
            text.append(" ON UPDATE ").append(words(key.onUpdate()));
        }
        if (key.onDelete() != ForeignKeyDefinition.Action.NO_ACTION) {
            text.append(" ON DELETE ").append(words(key.onDelete()));
            if (!key.onDelete().refuses()
                    && key.onDelete() != ForeignKeyDefinition.Action.CASCADE
                    && !key.setColumns().equals(key.columns())
                    && !key.setColumns().isEmpty()) {
                text.append(" (").append(list(names(table, key.setColumns()))).append(")");
            }
        }
        return text.toString();
    }

    private static String words(ForeignKeyDefinition.Action action) {
        return action.name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    /** CREATE INDEX for those that no constraint makes. */
    List<String> indexes() {
        List<String> statements = new ArrayList<>();
        for (IndexDefinition index : table.indexes()) {
            if (!index.constraint()) {
                statements.add(IndexText.create(table, index) + ";");
            }
        }
        return statements;
    }

    private static List<String> names(TableDefinition of, List<Integer> ids) {
        return ids.stream()
                .map(id -> of.columns().get(of.ordinalOfId(id)).name())
                .toList();
    }
}
