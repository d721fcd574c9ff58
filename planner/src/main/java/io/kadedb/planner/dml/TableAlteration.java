package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.RowStorage;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.AlterationStep;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.dml.ColumnDependents.Dependent;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A table in the course of ALTER TABLE: what it has become so far, and what has to be done for that. */
final class TableAlteration {
    private final TableDefinition old;
    private final Set<Integer> notNull = new LinkedHashSet<>();
    private final Map<Integer, PhysicalPlan> missing = new HashMap<>();
    /** The text of a column's values in rewritten rows, over the old columns; others keep theirs. */
    private final Map<Integer, String> values = new HashMap<>();

    private final List<CatalogChange> removals = new ArrayList<>();
    private final List<CatalogChange> changes = new ArrayList<>();
    private final List<SequenceDefinition> sequences = new ArrayList<>();
    private final List<IndexDefinition> indexes = new ArrayList<>();
    private final List<AlterationStep> verifications = new ArrayList<>();
    private final List<AlterationStep> lastSteps = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private TableDefinition now;
    private boolean rewritten;

    TableAlteration(TableDefinition table) {
        this.old = table;
        this.now = table;
    }

    TableDefinition old() {
        return old;
    }

    /** As the actions so far have made it. */
    TableDefinition now() {
        return now;
    }

    void become(TableDefinition table) {
        now = table;
    }

    void replace(int ordinal, ColumnDefinition column) {
        List<ColumnDefinition> columns = new ArrayList<>(now.columns());
        columns.set(ordinal, column);
        now = now.withColumns(columns);
    }

    /** Says that a column's values are to be computed anew for every row. */
    void compute(int columnId, String sql) {
        values.put(columnId, sql);
        rewritten = true;
    }

    /** Says that all rows have to be written anew, because of the key. */
    void rewrite() {
        rewritten = true;
    }

    /** Says what older rows have in a new column. */
    void missing(int columnId, PhysicalPlan value, String sql) {
        missing.put(columnId, value);
        values.put(columnId, sql);
    }

    /** Says that a column's rows have to be looked at for NULLs. */
    void forbidNulls(int columnId) {
        notNull.add(columnId);
    }

    void allowNulls(int columnId) {
        notNull.remove(columnId);
    }

    void add(IndexDefinition index) {
        indexes.add(index);
    }

    /** Indexes still to be built. */
    List<IndexDefinition> newIndexes() {
        return indexes;
    }

    void add(List<SequenceDefinition> owned) {
        sequences.addAll(owned);
    }

    /** A change of something that goes with the table. */
    void change(CatalogChange change) {
        changes.add(change);
    }

    void verify(AlterationStep check) {
        verifications.add(check);
    }

    /** Adds a step for when the table is as it is to be. */
    void last(AlterationStep step) {
        lastSteps.add(step);
    }

    void remove(Dependent dependent) {
        if (!removals.contains(dependent.removal())) {
            removals.add(dependent.removal());
            notices.add("drop cascades to " + dependent.description());
        }
    }

    void notice(String text) {
        notices.add(text);
    }

    List<String> notices() {
        return notices;
    }

    /** The table without a column; what stored rows hold of it is remembered. */
    void drop(int ordinal) {
        ColumnDefinition gone = now.columns().get(ordinal);
        List<ColumnDefinition> columns = new ArrayList<>(now.columns());
        columns.remove(ordinal);
        List<RowStorage.DroppedColumn> dropped = new ArrayList<>(now.rows().dropped());
        dropped.add(new RowStorage.DroppedColumn(gone.id(), gone.type()));
        List<Integer> key = now.primaryKey().stream()
                .map(place -> place > ordinal ? place - 1 : place)
                .toList();
        now = now.withColumns(columns)
                .withPrimaryKey(key, now.primaryKeyName())
                .withRows(new RowStorage(now.rows().id(), dropped));
        values.remove(gone.id());
        missing.remove(gone.id());
        notNull.remove(gone.id());
    }

    /** An id that no column has or had. */
    int freeColumnId() {
        int last = 0;
        for (ColumnDefinition column : now.columns()) {
            last = Math.max(last, column.id());
        }
        for (RowStorage.DroppedColumn column : now.rows().dropped()) {
            last = Math.max(last, column.id());
        }
        return last + 1;
    }

    /** What is to be done, in order. */
    List<AlterationStep> steps() {
        List<AlterationStep> steps = new ArrayList<>();
        removals.forEach(change -> steps.add(new AlterationStep.Change(change)));
        sequences.forEach(sequence -> steps.add(new AlterationStep.Change(new CatalogChange.CreateSequence(sequence))));
        changes.forEach(change -> steps.add(new AlterationStep.Change(change)));
        TableDefinition loose = now.withColumns(now.columns().stream()
                .map(column -> notNull.contains(column.id()) && !isInKey(column) ? column.withNullable(true) : column)
                .toList());
        if (rewritten) {
            for (ColumnDefinition column : old.columns()) {
                if (column.nullable() && notNull.contains(column.id()) && !values.containsKey(column.id())) {
                    steps.add(ConstraintQueries.notNull(old, column.name()));
                }
            }
            TableDefinition whole = loose.withColumns(loose.columns().stream()
                    .map(column -> column.withMissing(Optional.<MissingValue>empty()))
                    .toList());
            steps.add(new AlterationStep.Rewrite(whole, this::rows));
        } else if (!loose.equals(old)) {
            steps.add(new AlterationStep.Redefine(loose, missing));
        }
        loose.columns().stream()
                .filter(column -> notNull.contains(column.id()) && column.nullable())
                .forEach(column -> steps.add(ConstraintQueries.notNull(now, column.name())));
        indexes.forEach(index ->
                steps.add(new AlterationStep.Change(new CatalogChange.CreateIndex(now.schema(), now.name(), index))));
        steps.addAll(verifications);
        Set<Integer> tightened = now.columns().stream()
                .filter(column -> notNull.contains(column.id()) && !isInKey(column))
                .map(ColumnDefinition::id)
                .collect(Collectors.toSet());
        if (!tightened.isEmpty()) {
            steps.add(new AlterationStep.ForbidNulls(now.schema(), now.name(), tightened));
        }
        steps.addAll(lastSteps);
        return steps;
    }

    private boolean isInKey(ColumnDefinition column) {
        return ColumnDependents.primaryKey(now).contains(column.id());
    }

    /** The rows of the table in their new form. */
    private PhysicalPlan rows(PlanningContext context) {
        PlanningSession session = new PlanningSession(context);
        List<SqlNode> items = new ArrayList<>();
        for (ColumnDefinition column : now.columns()) {
            boolean added = old.columns().stream().noneMatch(known -> known.id() == column.id());
            String sql = values.getOrDefault(column.id(), added ? "null" : null);
            SqlNode value = sql == null ? name(column.id()) : RowRules.parsed(sql);
            SqlNode stored = sql == null ? value : AssignOperator.to(column.name(), column.type(), value);
            items.add(org.apache.calcite.sql.fun.SqlStdOperatorTable.AS.createCall(
                    SqlParserPos.ZERO, stored, new SqlIdentifier("$" + items.size(), SqlParserPos.ZERO)));
        }
        SqlNode from = new SqlIdentifier(List.of(old.schema(), old.name()), SqlParserPos.ZERO);
        SqlSelect query = PlainSelect.of(SqlParserPos.ZERO, new SqlNodeList(items, SqlParserPos.ZERO), from);
        return Targets.fitted(now, session.plan(query).plan(), 0);
    }

    private SqlIdentifier name(int columnId) {
        return new SqlIdentifier(
                List.of(old.name(), old.columns().get(old.ordinalOfId(columnId)).name()), SqlParserPos.ZERO);
    }

    /** The names of all constraints. */
    static Set<String> constraints(TableDefinition table) {
        Set<String> names = new LinkedHashSet<>();
        if (table.hasPrimaryKey()) {
            names.add(table.primaryKeyConstraint());
        }
        table.indexes().stream()
                .filter(IndexDefinition::constraint)
                .map(IndexDefinition::name)
                .forEach(names::add);
        table.checks().forEach(check -> names.add(check.name()));
        table.foreignKeys().stream().map(ForeignKeyDefinition::name).forEach(names::add);
        table.columns().stream()
                .filter(column -> !column.nullable())
                .map(table::notNullName)
                .forEach(names::add);
        return names;
    }
}
