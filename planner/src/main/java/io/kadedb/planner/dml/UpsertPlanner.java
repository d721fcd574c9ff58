package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.MergeWhen;
import io.kadedb.parser.ast.MergeWhen.Match;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.OnConflict;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.dml.UniqueKeys.UniqueKey;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** INSERT .. ON CONFLICT: each row to insert is looked for by its unique keys first. */
final class UpsertPlanner {
    /** The name of the row that could not be inserted. */
    private static final String EXCLUDED = "excluded";

    private static final SourcePosition NOWHERE = new SourcePosition(1, 1, 1);

    private final PlanningSession session;
    private final ReturnedRows.Written written;
    private final TableDefinition table;
    private final String alias;

    UpsertPlanner(PlanningSession session, ReturnedRows.Written written) {
        this.session = session;
        this.written = written;
        this.table = written.table();
        this.alias = written.alias();
    }

    /** @param rows to insert: all columns of the table, not yet held to be in a view */
    PlannedChange plan(Statement.Insert insert, OnConflict conflict, PhysicalPlan rows) {
        OnConflict meant = written.view().map(view -> based(view, conflict)).orElse(conflict);
        UniqueKeys unique = new UniqueKeys(session, table);
        List<UniqueKey> keys = unique.of(meant);
        List<SqlNode> values = new ArrayList<>();
        List<Sought> sought = new ArrayList<>();
        for (UniqueKey key : keys) {
            List<Integer> places = key.columns();
            if (key.isComputed()) {
                int first = rows.output().size() + values.size();
                values.addAll(unique.values(key));
                places = IntStream.range(0, key.columns().size())
                        .mapToObj(i -> first + i)
                        .toList();
            }
            sought.add(new Sought(key, places));
        }
        PhysicalPlan keyed = new RowRules(session, table).with(notNull(rows), values);
        ReturnedRows returned = new ReturnedRows(session, insert.returning());
        return meant.update().isEmpty()
                ? doNothing(sought, keyed, returned)
                : doUpdate(sought.getFirst(), meant.update().get(), keyed, returned);
    }

    /** The rows, all of which are refused if one lacks a value: NOT NULL holds for those that are not inserted too. */
    private PhysicalPlan notNull(PhysicalPlan rows) {
        List<Expr> values = new ArrayList<>();
        List<Field> fields = new ArrayList<>(rows.output());
        for (int i = 0; i < fields.size(); i++) {
            values.add(new Expr.Column(i, fields.get(i).type(), fields.get(i).nullable()));
        }
        List<String> constraints = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            boolean required =
                    !table.columns().get(i).nullable() || table.primaryKey().contains(i);
            if (required && rows.output().get(i).nullable()) {
                String name = table.columns().get(i).name();
                constraints.add(name);
                values.add(new Expr.Call(ScalarFunction.IS_NULL, List.of(values.get(i)), SqlType.BOOLEAN, false));
                fields.add(new Field(name, SqlType.BOOLEAN, false));
            }
        }
        return constraints.isEmpty()
                ? rows
                : new PhysicalPlan.Check(
                        new PhysicalPlan.Project(rows, values, fields),
                        Targets.reference(table),
                        0,
                        constraints,
                        false,
                        rows.output());
    }

    /** A key and where its values are in the rows to insert. */
    private record Sought(UniqueKey key, List<Integer> places) {}

    /** The same with the columns of the table beneath a view. */
    private static OnConflict based(ViewTarget view, OnConflict conflict) {
        return new OnConflict(
                conflict.parts().stream().map(part -> based(view, part)).toList(),
                conflict.condition(),
                conflict.constraint(),
                conflict.update().map(update -> based(view, update)));
    }

    private static OnConflict.Update based(ViewTarget view, OnConflict.Update update) {
        return new OnConflict.Update(
                update.assignments().stream()
                        .map(assignment -> view.base(assignment, "update"))
                        .toList(),
                update.where());
    }

    private static Statement.IndexPart based(ViewTarget view, Statement.IndexPart part) {
        Name column = IndexParts.column(part)
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "ON CONFLICT with expressions through views is not supported")
                        .at(Positions.of(part.expression().node().getParserPosition()))
                        .hint("change the table that the view is over"));
        return new Statement.IndexPart(
                Optional.of(view.base(column, "insert into")),
                part.expression(),
                part.operatorClass(),
                part.descending(),
                part.nullsFirst());
    }

    private PlannedChange doNothing(List<Sought> keys, PhysicalPlan rows, ReturnedRows returned) {
        PhysicalPlan fresh = rows;
        for (Sought key : keys) {
            PhysicalPlan joined = joined(fresh, key, List.of(TableDefinition.ROW_ID));
            int rowId = joined.output().size() - 1;
            Expr isMissing = new Expr.Call(
                    ScalarFunction.IS_NULL,
                    List.of(new Expr.Column(rowId, SqlType.BIGINT, true)),
                    SqlType.BOOLEAN,
                    false);
            fresh = new PhysicalPlan.Filter(joined, isMissing, rows.rows());
        }
        PhysicalPlan missing = fresh;
        PhysicalPlan inserted = written.view()
                .map(view -> new RowRules(session, table).within(view, missing, 0))
                .orElse(fresh);
        Modify modify = Modify.counting(Targets.reference(table), Modify.Operation.INSERT, inserted);
        if (!keys.isEmpty()) {
            List<Modify.RowKey> written = keys.stream()
                    .map(key -> new Modify.RowKey(key.places, key.key.nullsEqual()))
                    .toList();
            modify = modify.repeats(new Modify.Repeats(written, true, "ON CONFLICT DO NOTHING"));
        }
        return returned.over(modify, written, ReturnedRows.Places.inserted(0), List.of(), false);
    }

    private PlannedChange doUpdate(Sought key, OnConflict.Update update, PhysicalPlan rows, ReturnedRows returned) {
        if (alias.equals(EXCLUDED)) {
            throw KadeException.of(
                    ErrorCode.DUPLICATE_ALIAS, "table name \"" + EXCLUDED + "\" specified more than once");
        }
        if (written.view().isPresent() && key.key.isComputed()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "ON CONFLICT DO UPDATE through views with a partial index or one over expressions is not"
                                    + " supported")
                    .hint("change the table that the view is over");
        }
        written.check(session, Privilege.UPDATE, Assignments.columns(table, update.assignments()));
        int width = table.columns().size();
        List<Integer> read = new ArrayList<>(IntStream.range(0, width).boxed().toList());
        read.add(TableDefinition.ROW_ID);
        List<Field> excluded = new ArrayList<>();
        for (int i = 0; i < rows.output().size(); i++) {
            Field given = rows.output().get(i);
            String name = i < width ? table.columns().get(i).name() : "$key" + i;
            excluded.add(new Field(name, given.type(), given.nullable()));
        }
        PairActions.Pairs pairs =
                new PairActions.Pairs(joined(rows, key, read), EXCLUDED, excluded, Optional.empty(), true, alias);
        PairActions actions = new PairActions(session, written, pairs, whens(update));
        int first = actions.written();
        boolean old = returned.needOld();
        // A computed key stands among the columns of the source.
        boolean computed = key.key.isComputed();
        int firstKey = computed ? first + width + (old ? width : 0) : first;
        List<Integer> keyColumns =
                key.places.stream().map(column -> firstKey + column).toList();
        Modify modify = Modify.counting(Targets.reference(table), Modify.Operation.MERGE, actions.rows(old, computed))
                .repeats(new Modify.Repeats(
                        List.of(new Modify.RowKey(keyColumns, key.key.nullsEqual())), false, "ON CONFLICT DO UPDATE"));
        ReturnedRows.Places places = new ReturnedRows.Places(
                first, old ? Optional.of(first + width) : Optional.empty(), true, Optional.empty());
        return returned.over(modify, written, places, List.of(), false);
    }

    /** DO UPDATE as the clauses of a MERGE. */
    private List<MergeWhen> whens(OnConflict.Update update) {
        SqlParserPos pos = SqlParserPos.ZERO;
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            values.add(
                    table.columns().get(i).isGenerated()
                            ? SqlStdOperatorTable.DEFAULT.createCall(pos)
                            : new SqlIdentifier(List.of(EXCLUDED, written.column(i)), pos));
        }
        MergeWhen.Insert insert = new MergeWhen.Insert(List.of(), values, Optional.of(Statement.Overriding.SYSTEM));
        return List.of(
                new MergeWhen(Match.NOT_MATCHED, Optional.empty(), insert, NOWHERE),
                new MergeWhen(Match.MATCHED, update.where(), new MergeWhen.Update(update.assignments()), NOWHERE));
    }

    /** The rows with columns of those that have the same key. */
    private PhysicalPlan joined(PhysicalPlan rows, Sought key, List<Integer> columns) {
        List<Field> output = new ArrayList<>(rows.output());
        for (int column : columns) {
            output.add(
                    column == TableDefinition.ROW_ID
                            ? new Field(KadeTable.ROW_ID, SqlType.BIGINT, true)
                            : new Field(
                                    table.columns().get(column).name(),
                                    table.columns().get(column).type(),
                                    true));
        }
        return new PhysicalPlan.KeyJoin(
                rows, Targets.reference(table), key.key.indexName(), key.places, columns, output);
    }
}
