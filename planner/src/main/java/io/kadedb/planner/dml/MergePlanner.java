package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.MergeWhen;
import io.kadedb.parser.ast.MergeWhen.Match;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** MERGE: a join of the source with the table, kept outer where a clause is for rows without a partner. */
public final class MergePlanner {
    private static final String PRESENT = "$present";

    private final PlanningSession session;

    public MergePlanner(PlanningSession session) {
        this.session = session;
    }

    /** The plan. */
    public PlannedChange plan(Statement.Merge merge) {
        TableDefinition table = Targets.changed(session, merge.table(), "merge into");
        checkReachable(merge.whens());
        merge.whens().forEach(when -> checkAccess(table, when));
        String alias = merge.alias().map(Name::text).orElse(table.name());
        String source = ReturnedRows.aliases(merge.source()).stream()
                .findFirst()
                .orElseThrow(() -> KadeException.of(ErrorCode.SYNTAX_ERROR, "the source of MERGE must have an alias")
                        .at(Positions.of(merge.source().getParserPosition())));
        if (source.equals(alias)) {
            throw KadeException.of(ErrorCode.DUPLICATE_ALIAS, "name \"" + alias + "\" specified more than once")
                    .at(merge.table().position())
                    .hint("the name is used both as MERGE target table and data source");
        }
        Set<Match> matches = EnumSet.noneOf(Match.class);
        merge.whens().forEach(when -> matches.add(when.match()));
        PairActions.Pairs pairs = pairs(merge, table, alias, source, matches);
        PairActions actions = new PairActions(session, table, pairs, merge.whens());
        ReturnedRows returned = new ReturnedRows(session, merge.returning());
        boolean old = returned.needOld();
        Modify modify = Modify.counting(
                        Targets.reference(table), Modify.Operation.MERGE, actions.rows(old, returned.arePresent()))
                .repeats(new Modify.Repeats(List.of(), false, "MERGE"));
        int written = actions.written();
        ReturnedRows.Places places = new ReturnedRows.Places(
                written, old ? Optional.of(written + table.columns().size()) : Optional.empty(), true, Optional.of(0));
        List<Field> shown = pairs.present().isPresent()
                ? pairs.sourceFields().subList(0, pairs.sourceFields().size() - 1)
                : pairs.sourceFields();
        return returned.over(
                modify,
                ReturnedRows.Written.of(table, alias),
                places,
                List.of(new ReturnedRows.Other(source, shown)),
                true);
    }

    private static void checkReachable(List<MergeWhen> whens) {
        Set<Match> always = EnumSet.noneOf(Match.class);
        for (MergeWhen when : whens) {
            if (always.contains(when.match())) {
                throw KadeException.of(
                                ErrorCode.SYNTAX_ERROR,
                                "unreachable WHEN clause specified after unconditional WHEN clause")
                        .at(when.position());
            }
            if (when.condition().isEmpty()) {
                always.add(when.match());
            }
        }
    }

    private void checkAccess(TableDefinition table, MergeWhen when) {
        switch (when.action()) {
            case MergeWhen.Update update ->
                Targets.check(
                        session.context(), Privilege.UPDATE, table, Assignments.columns(table, update.assignments()));
            case MergeWhen.Insert insert ->
                Targets.check(session.context(), Privilege.INSERT, table, Targets.columns(table, insert.columns()));
            case MergeWhen.Delete delete -> Targets.check(session.context(), Privilege.DELETE, table, List.of());
            case MergeWhen.Nothing nothing -> {}
        }
    }

    private PairActions.Pairs pairs(
            Statement.Merge merge, TableDefinition table, String alias, String source, Set<Match> matches) {
        SqlParserPos pos = merge.source().getParserPosition();
        boolean byTarget = matches.contains(Match.NOT_MATCHED_BY_SOURCE);
        SqlNode from = byTarget ? marked(merge.source(), source, pos) : merge.source();
        List<Field> sourceFields = session.columns(InsertPlanner.select(List.of(star(source, pos)), from, pos));
        SqlNode target = SqlStdOperatorTable.AS.createCall(
                pos,
                new SqlIdentifier(List.of(BoundCatalog.TARGET_SCHEMA, table.name()), pos),
                new SqlIdentifier(alias, pos));
        boolean bySource = matches.contains(Match.NOT_MATCHED);
        JoinType type =
                byTarget ? bySource ? JoinType.FULL : JoinType.RIGHT : bySource ? JoinType.LEFT : JoinType.INNER;
        SqlNode join = new SqlJoin(
                pos,
                from,
                SqlLiteral.createBoolean(false, pos),
                type.symbol(pos),
                target,
                JoinConditionType.ON.symbol(pos),
                merge.condition());
        List<SqlNode> items = new ArrayList<>();
        sourceFields.forEach(field -> items.add(column(source, field.name(), items.size(), pos)));
        table.columns().forEach(field -> items.add(column(alias, field.name(), items.size(), pos)));
        items.add(column(alias, KadeTable.ROW_ID, items.size(), pos));
        PhysicalPlan plan = session.planChange(InsertPlanner.select(items, join, pos), table)
                .plan();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < sourceFields.size(); i++) {
            Field field = sourceFields.get(i);
            fields.add(new Field(
                    field.name(),
                    plan.output().get(i).type(),
                    plan.output().get(i).nullable() || byTarget));
        }
        return new PairActions.Pairs(plan, source, fields, byTarget ? Optional.of(PRESENT) : Optional.empty(), alias);
    }

    /** The source with a last column that is never NULL in its rows. */
    private static SqlNode marked(SqlNode source, String alias, SqlParserPos pos) {
        SqlNode present = SqlStdOperatorTable.AS.createCall(
                pos, SqlLiteral.createBoolean(true, pos), new SqlIdentifier(PRESENT, pos));
        SqlNode select = InsertPlanner.select(List.of(star(alias, pos), present), source, pos);
        return SqlStdOperatorTable.AS.createCall(pos, select, new SqlIdentifier(alias, pos));
    }

    private static SqlIdentifier star(String alias, SqlParserPos pos) {
        return SqlIdentifier.star(List.of(alias, ""), pos, List.of(pos, pos));
    }

    private static SqlNode column(String alias, String name, int index, SqlParserPos pos) {
        return SqlStdOperatorTable.AS.createCall(
                pos, new SqlIdentifier(List.of(alias, name), pos), new SqlIdentifier("$" + index, pos));
    }
}
