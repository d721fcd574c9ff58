package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.Name;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Other names for a table and what is in it, everywhere in the catalog where they are written down. */
final class RenamePlanner {
    private final PlanningSession session;
    private final TableDefinition table;
    private final SchemaDefinition schema;

    RenamePlanner(PlanningSession session, TableDefinition table) {
        this.session = session;
        this.table = table;
        this.schema = IndexPlanner.schema(session.context().catalog(), table.schema());
    }

    /** The changes of a renaming; none for other actions. */
    List<CatalogChange> plan(AlterAction action) {
        return switch (action) {
            case AlterAction.RenameColumn rename -> column(rename);
            case AlterAction.RenameConstraint rename -> List.of(constraint(rename));
            case AlterAction.RenameTable rename -> table(rename.newName());
            case AlterAction.SetSchema set -> schema(set.schema());
            default -> List.of();
        };
    }

    private List<CatalogChange> column(AlterAction.RenameColumn rename) {
        String from = rename.column().text();
        String to = rename.newName().text();
        int ordinal = table.ordinalOf(from)
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.UNDEFINED_COLUMN, "column \"" + from + "\" does not exist")
                        .at(rename.column().position())
                        .hint(Suggestions.hint(
                                        from,
                                        table.columns().stream()
                                                .map(ColumnDefinition::name)
                                                .toList())
                                .orElse(null)));
        if (table.ordinalOf(to).isPresent()) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_COLUMN,
                            "column \"" + to + "\" of relation \"" + table.name() + "\" already exists")
                    .at(rename.newName().position());
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            ColumnDefinition generated = column.withGenerated(
                    column.generatedSql().map(sql -> RenamedNames.column(sql, from, to)), column.virtual());
            columns.add(i == ordinal ? withNotNullName(generated).withName(to) : generated);
        }
        List<CatalogChange> changes = new ArrayList<>();
        changes.add(new CatalogChange.ReplaceTable(table.withColumns(columns)
                .withChecks(table.checks().stream()
                        .map(check -> check.withCondition(RenamedNames.column(check.conditionSql(), from, to)))
                        .toList())
                .withIndexes(table.indexes().stream()
                        .map(index -> index.withExpressions(
                                computed -> computed.withSql(RenamedNames.column(computed.sql(), from, to))))
                        .toList())));
        changes.addAll(graphs(graph -> RenamedElements.column(graph, table.schema(), table.name(), from, to)));
        return changes;
    }

    /** The constraint of a column that is not NULL keeps the name it got from the names that go. */
    private ColumnDefinition withNotNullName(ColumnDefinition column) {
        return column.nullable() ? column : column.withNotNullName(Optional.of(table.notNullName(column)));
    }

    /** A table whose defaults know the sequences of this one, which move with it, in their new schema. */
    private TableDefinition withSequencesIn(TableDefinition other, String newSchema) {
        List<SequenceDefinition> owned = newSchema.equals(table.schema())
                ? List.of()
                : session.context().catalog().sequencesOf(table.id());
        TableDefinition changed = other;
        for (SequenceDefinition sequence : owned) {
            changed = changed.withColumns(changed.columns().stream()
                    .map(column -> column.withDefault(column.defaultSql()
                            .map(sql -> SequenceDefaults.renamed(sql, sequence, newSchema, sequence.name()))))
                    .toList());
        }
        return changed;
    }

    private List<CatalogChange> graphs(UnaryOperator<PropertyGraphDefinition> renamed) {
        List<CatalogChange> changes = new ArrayList<>();
        for (PropertyGraphDefinition graph : new Dependents(session.context().catalog()).graphsOver(table)) {
            changes.add(new CatalogChange.CreatePropertyGraph(renamed.apply(graph)));
        }
        return changes;
    }

    private CatalogChange constraint(AlterAction.RenameConstraint rename) {
        String from = rename.constraint().text();
        String to = rename.newName().text();
        if (!TableAlteration.constraints(table).contains(from)) {
            throw noConstraint(table, rename.constraint(), "for table");
        }
        if (isIndex(from)) {
            return index(from, rename.newName());
        }
        if (TableAlteration.constraints(table).contains(to)) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_OBJECT,
                            "constraint \"" + to + "\" for relation \"" + table.name() + "\" already exists")
                    .at(rename.newName().position());
        }
        List<CheckDefinition> checks = table.checks().stream()
                .map(check -> check.name().equals(from) ? check.withName(to) : check)
                .toList();
        List<ColumnDefinition> columns = table.columns().stream()
                .map(column -> !column.nullable() && table.notNullName(column).equals(from)
                        ? column.withNotNullName(Optional.of(to))
                        : column)
                .toList();
        return new CatalogChange.ReplaceTable(AlterPlanner.withChecks(table.withColumns(columns), checks)
                .withForeignKeys(table.foreignKeys().stream()
                        .map(key -> key.name().equals(from) ? key.withName(to) : key)
                        .toList()));
    }

    /** 42704 that names the constraints there are. */
    static KadeException noConstraint(TableDefinition table, Name name, String of) {
        Set<String> known = TableAlteration.constraints(table);
        return KadeException.of(
                        ErrorCode.UNDEFINED_OBJECT,
                        "constraint \"" + name.text() + "\" " + of + " \"" + table.name() + "\" does not exist")
                .at(name.position())
                .hint(Suggestions.hint(name.text(), known).orElse(null));
    }

    private boolean isIndex(String name) {
        return table.index(name).isPresent()
                || (table.hasPrimaryKey() && table.primaryKeyConstraint().equals(name));
    }

    /** An index, which may be that of a constraint, under another name. */
    CatalogChange index(String from, Name newName) {
        checkFree(schema, newName);
        if (table.index(from).isEmpty()) {
            return new CatalogChange.ReplaceTable(table.withPrimaryKeyName(java.util.Optional.of(newName.text())));
        }
        List<IndexDefinition> indexes = table.indexes().stream()
                .map(index -> index.name().equals(from) ? index.withName(newName.text()) : index)
                .toList();
        return new CatalogChange.ReplaceTable(table.withIndexes(indexes));
    }

    private static void checkFree(SchemaDefinition schema, Name name) {
        if (schema.hasRelation(name.text())) {
            throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name.text() + "\" already exists")
                    .at(name.position());
        }
    }

    private List<CatalogChange> table(Name newName) {
        checkFree(schema, newName);
        return moved(table.schema(), newName.text());
    }

    private List<CatalogChange> moved(String newSchema, String newName) {
        TableDefinition renamed = table.withName(newSchema, newName)
                .withColumns(table.columns().stream()
                        .map(column -> (newName.equals(table.name()) ? column : withNotNullName(column))
                                .withGenerated(
                                        column.generatedSql()
                                                .map(sql -> RenamedNames.table(sql, table.name(), newName)),
                                        column.virtual()))
                        .toList())
                .withChecks(table.checks().stream()
                        .map(check ->
                                check.withCondition(RenamedNames.table(check.conditionSql(), table.name(), newName)))
                        .toList())
                .withIndexes(table.indexes().stream()
                        .map(index -> index.withExpressions(computed ->
                                computed.withSql(RenamedNames.table(computed.sql(), table.name(), newName))))
                        .toList());
        List<CatalogChange> changes = new ArrayList<>();
        changes.add(new CatalogChange.ReplaceTable(withSequencesIn(renamed, newSchema)));
        session.context().catalog().schemas().values().stream()
                .flatMap(other -> other.tables().values().stream())
                .filter(other -> other.id() != table.id())
                .forEach(other -> {
                    TableDefinition changed = withSequencesIn(other, newSchema);
                    if (!changed.equals(other)) {
                        changes.add(new CatalogChange.ReplaceTable(changed));
                    }
                });
        changes.addAll(
                graphs(graph -> RenamedElements.relation(graph, table.schema(), table.name(), newSchema, newName)));
        return changes;
    }

    private List<CatalogChange> schema(Name name) {
        SchemaDefinition target = session.context().catalog().schemas().get(name.text());
        if (target == null) {
            throw new DefinitionPlanner(session).noSchema(name.text()).at(name.position());
        }
        new DefinitionPlanner(session).check(Privilege.CREATE, ObjectName.Kind.SCHEMA, "", name.text());
        if (name.text().equals(table.schema())) {
            return List.of(new CatalogChange.ReplaceTable(table));
        }
        List<String> names = new ArrayList<>(List.of(table.name()));
        table.indexes().forEach(index -> names.add(index.name()));
        if (table.hasPrimaryKey()) {
            names.add(table.primaryKeyConstraint());
        }
        for (String moved : names) {
            if (target.hasRelation(moved)) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_TABLE,
                                "relation \"" + moved + "\" already exists in schema \"" + name.text() + "\"")
                        .at(name.position());
            }
        }
        return moved(name.text(), table.name());
    }
}
