package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.functions.AssignOperator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

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
        String schema = definitions.schema(create.name());
        Optional<Definition> existing =
                definitions.existing("CREATE TABLE", schema, create.name(), create.ifNotExists());
        if (existing.isPresent()) {
            return existing.get();
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (io.kadedb.parser.ast.ColumnDefinition column : create.columns()) {
            checkNew(names, column.name());
            columns.add(column(column, columns.size() + 1));
        }
        List<Integer> key = key(create.primaryKey(), columns);
        String name = create.name().last().text();
        TableDefinition table =
                table(schema, name, session.context().principal().user(), columns, key);
        return new Definition(
                "CREATE TABLE",
                List.of(new CatalogChange.CreateTable(constrained(table, create.constraints()))),
                List.of());
    }

    private TableDefinition constrained(TableDefinition table, List<TableConstraint> constraints) {
        SchemaDefinition schema = IndexPlanner.schema(session.context().catalog(), table.schema());
        Set<String> taken = new HashSet<>(Set.of(table.name()));
        Optional<String> keyName = Optional.empty();
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof TableConstraint.PrimaryKey key) {
                String name = key.name()
                        .map(Name::text)
                        .orElseGet(() -> RelationNames.free(table.name(), "", "pkey", schema::hasRelation));
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
            int ordinal = columns.indexOf(column);
            if (key.contains(ordinal)) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN,
                                "column \"" + name.text() + "\" appears twice in primary key constraint")
                        .at(name.position());
            }
            key.add(ordinal);
            columns.set(ordinal, notNull(column));
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

    private ColumnDefinition column(io.kadedb.parser.ast.ColumnDefinition column, int id) {
        String name = column.name().text();
        column.defaultValue().ifPresent(value -> checkDefault(name, column.type(), value.node()));
        return ColumnDefinition.of(id, name, column.type(), !column.notNull())
                .withDefault(column.defaultValue()
                        .map(value -> SequenceDefaults.qualified(value.text(), session.context())));
    }

    /** A default must be computable without a row, and of a type that can be stored. */
    private void checkDefault(String column, SqlType type, SqlNode value) {
        SqlParserPos pos = value.getParserPosition();
        SqlNode row = SqlStdOperatorTable.ROW.createCall(pos, AssignOperator.to(column, type, value));
        session.plan(SqlStdOperatorTable.VALUES.createCall(pos, row));
    }

    private static ColumnDefinition notNull(ColumnDefinition column) {
        return ColumnDefinition.of(column.id(), column.name(), column.type(), false)
                .withDefault(column.defaultSql());
    }

    static TableDefinition table(
            String schema, String name, String owner, List<ColumnDefinition> columns, List<Integer> key) {
        return new TableDefinition(0, schema, name, 1, owner, columns, key, KeyMode.PLAIN, Optional.empty(), Map.of());
    }
}
