package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.Assignment;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Returning;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** UPDATE and DELETE: a query finds the rows, with their row id, old key and new values. */
public final class ChangePlanner {
    private final PlanningSession session;

    public ChangePlanner(PlanningSession session) {
        this.session = session;
    }

    /** UPDATE. */
    public PlannedChange plan(Statement.Update update) {
        Target target = target(update.table(), update.alias(), "update");
        TableDefinition table = target.table;
        List<Assignment> assignments = update.assignments().stream()
                .map(assignment -> target.base(assignment, "update"))
                .toList();
        SortedMap<Integer, SqlNode> values = Assignments.of(table, target::column, assignments);
        target.check(session, Privilege.UPDATE, List.copyOf(values.keySet()));
        List<SqlNode> items = target.identity();
        for (int i = 0; i < table.columns().size(); i++) {
            SqlNode value = values.get(i);
            items.add(value == null ? target.column(i) : value);
        }
        return plan(target, Modify.Operation.UPDATE, items, update.from(), update.where(), update.returning());
    }

    /** DELETE. */
    public PlannedChange plan(Statement.Delete delete) {
        Target target = target(delete.table(), delete.alias(), "delete from");
        target.check(session, Privilege.DELETE, List.of());
        return plan(
                target, Modify.Operation.DELETE, target.identity(), delete.using(), delete.where(), delete.returning());
    }

    private Target target(QualifiedName name, Optional<Name> alias, String verb) {
        Optional<ViewTarget> view = ViewTarget.find(session, name.schema().map(Name::text), name.last(), verb);
        TableDefinition table = view.map(ViewTarget::table).orElseGet(() -> Targets.written(session, name));
        String shown = view.map(v -> v.view().name()).orElse(table.name());
        return new Target(
                table, alias.map(Name::text).orElse(shown), name.toIdentifier().getParserPosition(), view);
    }

    private static SqlNode named(SqlNode value, int index, SqlParserPos pos) {
        return SqlStdOperatorTable.AS.createCall(pos, value, new SqlIdentifier("$" + index, pos));
    }

    /** What is changed, under the name it has in the statement. */
    private record Target(TableDefinition table, String alias, SqlParserPos pos, Optional<ViewTarget> view) {
        SqlNode from() {
            SqlNode rows = new SqlIdentifier(List.of(BoundCatalog.TARGET_SCHEMA, table.name()), pos);
            return SqlStdOperatorTable.AS.createCall(
                    pos,
                    view.map(v -> v.rows(rows, ViewTarget.Use.CHANGE)).orElse(rows),
                    new SqlIdentifier(alias, pos));
        }

        SqlNode column(int ordinal) {
            String name = view.isPresent()
                    ? ViewTarget.hidden(ordinal)
                    : table.columns().get(ordinal).name();
            return new SqlIdentifier(List.of(alias, name), pos);
        }

        /** The row id and the old values that storage needs. */
        List<SqlNode> identity() {
            List<SqlNode> items = new ArrayList<>();
            items.add(new SqlIdentifier(List.of(alias, KadeTable.ROW_ID), pos));
            table.identity().forEach(ordinal -> items.add(column(ordinal)));
            return items;
        }

        Assignment base(Assignment assignment, String verb) {
            return view.map(v -> v.base(assignment, verb)).orElse(assignment);
        }

        /** Asks for access to the columns of a table, or to a view. */
        void check(PlanningSession session, Privilege privilege, List<Integer> columns) {
            Targets.check(
                    session.context(),
                    privilege,
                    view.map(ViewTarget::asTable).orElse(table),
                    view.isPresent() ? List.of() : columns);
        }
    }

    private PlannedChange plan(
            Target target,
            Modify.Operation operation,
            List<SqlNode> items,
            Optional<SqlNode> more,
            Optional<SqlNode> where,
            Returning returned) {
        TableDefinition table = target.table;
        SqlParserPos pos = target.pos;
        SqlNode from = more.map(tables -> comma(target.from(), tables, pos)).orElseGet(target::from);
        ReturnedRows returning = new ReturnedRows(session, returned);
        int identity = 1 + table.identity().size();
        List<ReturnedRows.Other> others = List.of();
        boolean updates = operation == Modify.Operation.UPDATE;
        Optional<Integer> before = Optional.empty();
        if (returning.arePresent()) {
            others = more.map(tables -> others(returning, table, from, tables)).orElse(List.of());
            if (!updates || returning.needOld()) {
                before = Optional.of(items.size());
                IntStream.range(0, table.columns().size()).forEach(ordinal -> items.add(target.column(ordinal)));
            }
            items.addAll(ReturnedRows.carried(others, pos));
        }
        List<SqlNode> numbered = new ArrayList<>();
        items.forEach(item -> numbered.add(named(item, numbered.size(), pos)));
        SqlSelect select = PlainSelect.of(pos, new SqlNodeList(numbered, pos), from);
        where.ifPresent(select::setWhere);
        PhysicalPlan rows = session.planChange(select, table).plan();
        if (updates) {
            RowRules rules = new RowRules(session, table);
            PhysicalPlan ruled = rules.over(rows, identity);
            rows = target.view.map(view -> rules.within(view, ruled, identity)).orElse(ruled);
        }
        Modify modify = Modify.counting(Targets.reference(table), operation, rows);
        ReturnedRows.Places places = new ReturnedRows.Places(identity, before, updates, Optional.empty());
        return returning.over(
                modify, new ReturnedRows.Written(table, target.alias, target.view), places, others, false);
    }

    private List<ReturnedRows.Other> others(ReturnedRows returning, TableDefinition table, SqlNode from, SqlNode more) {
        session.catalog().setTarget(table);
        try {
            return returning.others(from, more);
        } finally {
            session.catalog().setTarget(null);
        }
    }

    static SqlNode comma(SqlNode left, SqlNode right, SqlParserPos pos) {
        return new SqlJoin(
                pos,
                left,
                SqlLiteral.createBoolean(false, pos),
                JoinType.COMMA.symbol(pos),
                right,
                JoinConditionType.NONE.symbol(pos),
                null);
    }
}
