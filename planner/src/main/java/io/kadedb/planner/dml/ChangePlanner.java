package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.Name;
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
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
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
        TableDefinition table = Targets.changed(session, update.table(), "update");
        String alias = update.alias().map(Name::text).orElse(table.name());
        SortedMap<Integer, SqlNode> values = Assignments.of(table, alias, update.assignments());
        Targets.check(session.context(), Privilege.UPDATE, table, List.copyOf(values.keySet()));
        SqlParserPos pos = update.table().toIdentifier().getParserPosition();
        List<SqlNode> items = identity(table, alias, pos);
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            SqlNode value = values.get(i);
            SqlNode item = value == null ? new SqlIdentifier(List.of(alias, column.name()), pos) : value;
            items.add(item);
        }
        return plan(
                new Target(table, alias, pos),
                Modify.Operation.UPDATE,
                items,
                update.from(),
                update.where(),
                update.returning());
    }

    /** DELETE. */
    public PlannedChange plan(Statement.Delete delete) {
        TableDefinition table = Targets.changed(session, delete.table(), "delete from");
        String alias = delete.alias().map(Name::text).orElse(table.name());
        Targets.check(session.context(), Privilege.DELETE, table, List.of());
        SqlParserPos pos = delete.table().toIdentifier().getParserPosition();
        List<SqlNode> items = identity(table, alias, pos);
        return plan(
                new Target(table, alias, pos),
                Modify.Operation.DELETE,
                items,
                delete.using(),
                delete.where(),
                delete.returning());
    }

    /** The row id and the old values that storage needs. */
    private static List<SqlNode> identity(TableDefinition table, String alias, SqlParserPos pos) {
        List<SqlNode> items = new ArrayList<>();
        items.add(new SqlIdentifier(List.of(alias, KadeTable.ROW_ID), pos));
        for (int column : table.identity()) {
            items.add(
                    new SqlIdentifier(List.of(alias, table.columns().get(column).name()), pos));
        }
        return items;
    }

    private static SqlNode named(SqlNode value, int index, SqlParserPos pos) {
        return SqlStdOperatorTable.AS.createCall(pos, value, new SqlIdentifier("$" + index, pos));
    }

    /** The table that is changed, under the name it has in the statement. */
    private record Target(TableDefinition table, String alias, SqlParserPos pos) {
        SqlNode from() {
            return SqlStdOperatorTable.AS.createCall(
                    pos,
                    new SqlIdentifier(List.of(BoundCatalog.TARGET_SCHEMA, table.name()), pos),
                    new SqlIdentifier(alias, pos));
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
                table.columns()
                        .forEach(column -> items.add(new SqlIdentifier(List.of(target.alias, column.name()), pos)));
            }
            items.addAll(ReturnedRows.carried(others, pos));
        }
        List<SqlNode> numbered = new ArrayList<>();
        items.forEach(item -> numbered.add(named(item, numbered.size(), pos)));
        SqlSelect select = InsertPlanner.select(numbered, from, pos);
        where.ifPresent(select::setWhere);
        PhysicalPlan rows = session.planChange(select, table).plan();
        if (updates) {
            rows = new RowRules(session, table).over(rows, identity);
        }
        Modify modify = Modify.counting(Targets.reference(table), operation, rows);
        ReturnedRows.Places places = new ReturnedRows.Places(identity, before, updates, Optional.empty());
        return returning.over(modify, table, target.alias, places, others, false);
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
