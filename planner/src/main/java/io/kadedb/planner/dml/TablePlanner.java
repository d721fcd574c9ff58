package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Generation;
import io.kadedb.parser.ast.LikeTable;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement.Definition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** CREATE TABLE: columns, keys and constraints. */
public final class TablePlanner {
    private final PlanningSession session;
    private final DefinitionPlanner definitions;

    public TablePlanner(PlanningSession session) {
        this.session = session;
        this.definitions = new DefinitionPlanner(session);
    }

    /** CREATE TABLE. */
    public Definition plan(Statement.CreateTable create) {
        String schema = definitions.schema(create.name(), create.temporary().isPresent());
        Optional<Definition> existing =
                definitions.existing("CREATE TABLE", schema, create.name(), create.ifNotExists());
        if (existing.isPresent()) {
            return existing.get();
        }
        String name = create.name().last().text();
        SchemaDefinition known = IndexPlanner.schema(session.context().catalog(), schema);
        NewColumns made =
                new NewColumns(session, schema, name, taken -> taken.equals(name) || known.hasRelation(taken));
        LikeTables likes = new LikeTables(session, made);
        List<ColumnDefinition> columns = columns(create, made, likes);
        List<TableConstraint> constraints = likes.constraints(create.constraints());
        List<Integer> key = key(primaryKey(constraints, create.name()), columns);
        TableDefinition table = PartitionPlanner.partitioned(
                table(schema, name, session.context().principal().user(), columns, key)
                        .withOnCommit(DefinitionPlanner.onCommit(schema, create.temporary())),
                create.partitions(),
                create.options());
        for (io.kadedb.parser.ast.ColumnDefinition column : create.columns()) {
            column.generation().ifPresent(generation -> {
                if (generation instanceof Generation.Computed computed) {
                    new GenerationExpressions(session, table)
                            .check(column.name().text(), computed.expression());
                }
            });
        }
        List<SequenceDefinition> sequences = made.sequences(0);
        Set<String> sequenceNames =
                sequences.stream().map(SequenceDefinition::name).collect(Collectors.toSet());
        return new Definition(
                "CREATE TABLE",
                definitions.changes(
                        schema,
                        new CatalogChange.CreateTable(
                                likes.completed(
                                        constrained(table, constraints, sequenceNames),
                                        taken -> known.hasRelation(taken) || sequenceNames.contains(taken)),
                                sequences)),
                List.of());
    }

    /** Those written and those taken from other tables, in order. */
    private static List<ColumnDefinition> columns(Statement.CreateTable create, NewColumns made, LikeTables likes) {
        List<ColumnDefinition> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i <= create.columns().size(); i++) {
            for (LikeTable like : create.likes()) {
                if (like.place() == i) {
                    likes.add(like, columns, names);
                }
            }
            if (i < create.columns().size()) {
                io.kadedb.parser.ast.ColumnDefinition column = create.columns().get(i);
                checkNew(names, column.name());
                columns.add(made.column(column, columns.size() + 1));
            }
        }
        return columns;
    }

    private static List<Name> primaryKey(List<TableConstraint> constraints, QualifiedName table) {
        List<Name> columns = List.of();
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof TableConstraint.PrimaryKey key) {
                if (!columns.isEmpty()) {
                    throw KadeException.of(
                                    ErrorCode.INVALID_TABLE_DEFINITION,
                                    "multiple primary keys for table \""
                                            + table.last().text() + "\" are not allowed")
                            .at(key.position());
                }
                columns = key.columns();
            }
        }
        return columns;
    }

    private TableDefinition constrained(
            TableDefinition table, List<TableConstraint> constraints, Set<String> sequences) {
        SchemaDefinition schema = IndexPlanner.schema(session.context().catalog(), table.schema());
        Set<String> taken = new HashSet<>(sequences);
        taken.add(table.name());
        Optional<String> keyName = Optional.empty();
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof TableConstraint.PrimaryKey key) {
                String name = key.name()
                        .map(Name::text)
                        .orElseGet(() -> RelationNames.free(
                                table.name(),
                                "",
                                "pkey",
                                other -> schema.hasRelation(other) || sequences.contains(other)));
                if (schema.hasRelation(name) || !taken.add(name)) {
                    throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
                            .at(key.position());
                }
                keyName = Optional.of(name);
            }
        }
        List<IndexDefinition> indexes = new ArrayList<>();
        for (TableConstraint constraint : constraints) {
            switch (constraint) {
                case TableConstraint.PrimaryKey key -> {}
                case TableConstraint.Unique unique -> {
                    IndexDefinition index = IndexPlanner.unique(
                            unique,
                            table.name(),
                            table.columns(),
                            name -> taken.contains(name) || schema.hasRelation(name));
                    taken.add(index.name());
                    indexes.add(index);
                }
                case TableConstraint.Check check -> {}
                case TableConstraint.ForeignKey foreign -> {}
            }
        }
        TableDefinition keyed = table.withIndexes(indexes).withPrimaryKeyName(keyName);
        Set<String> names =
                new HashSet<>(indexes.stream().map(IndexDefinition::name).toList());
        keyName.ifPresent(names::add);
        for (ColumnDefinition column : table.columns()) {
            column.notNullName().filter(name -> !names.add(name)).ifPresent(name -> {
                throw KadeException.of(
                        ErrorCode.DUPLICATE_OBJECT,
                        "constraint \"" + name + "\" for relation \"" + table.name() + "\" already exists");
            });
        }
        TableDefinition checked = keyed.withChecks(checks(keyed, constraints, names));
        List<ForeignKeyDefinition> foreignKeys = new ArrayList<>();
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof TableConstraint.ForeignKey foreign) {
                ForeignKeyDefinition key = new ForeignKeyPlanner(session, checked).bind(foreign, names::contains);
                claim(names, key.name(), table, foreign);
                foreignKeys.add(key);
            }
        }
        return checked.withForeignKeys(foreignKeys);
    }

    private static void claim(Set<String> names, String name, TableDefinition table, TableConstraint constraint) {
        if (!names.add(name)) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_OBJECT,
                            "constraint \"" + name + "\" for relation \"" + table.name() + "\" already exists")
                    .at(constraint.position());
        }
    }

    /** In the order of their names, as they are checked. */
    private List<CheckDefinition> checks(TableDefinition table, List<TableConstraint> constraints, Set<String> names) {
        List<CheckDefinition> checks = new ArrayList<>();
        RowRules rules = new RowRules(session, table);
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof TableConstraint.Check check) {
                rules.validateCheck(check.condition());
                String name = check.name().map(Name::text).orElseGet(() -> {
                    Set<String> used = RowRules.columns(check.condition().node());
                    String column = check.column()
                            .map(Name::text)
                            .orElse(used.size() == 1 ? used.iterator().next() : "");
                    return RelationNames.free(table.name(), column, "check", names::contains);
                });
                if (checks.stream().anyMatch(known -> known.name().equals(name))) {
                    throw KadeException.of(
                                    ErrorCode.DUPLICATE_OBJECT, "check constraint \"" + name + "\" already exists")
                            .at(check.position());
                }
                claim(names, name, table, check);
                checks.add(new CheckDefinition(name, check.condition().text()));
            }
        }
        checks.sort(Comparator.comparing(CheckDefinition::name));
        return checks;
    }

    private static List<Integer> key(List<Name> names, List<ColumnDefinition> columns) {
        List<Integer> key = new ArrayList<>();
        for (Name name : names) {
            ColumnDefinition column =
                    IndexPlanner.find(columns, name, "column \"" + name.text() + "\" named in key does not exist");
            IndexPlanner.checkOrdered(column, name);
            int ordinal = columns.indexOf(column);
            if (key.contains(ordinal)) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN,
                                "column \"" + name.text() + "\" appears twice in primary key constraint")
                        .at(name.position());
            }
            key.add(ordinal);
            columns.set(ordinal, column.withNullable(false));
        }
        return key;
    }

    static void checkNew(Set<String> names, Name name) {
        if (!names.add(name.text())) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_COLUMN, "column \"" + name.text() + "\" specified more than once")
                    .at(name.position());
        }
    }

    static TableDefinition table(
            String schema, String name, String owner, List<ColumnDefinition> columns, List<Integer> key) {
        return new TableDefinition(0, schema, name, 1, owner, columns, key, KeyMode.PLAIN, Optional.empty(), Map.of());
    }
}
