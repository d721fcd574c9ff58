package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.AssignmentTarget;
import io.kadedb.parser.ast.MergeWhen;
import io.kadedb.parser.ast.MergeWhen.Match;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PlainSelect;
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
import org.apache.calcite.sql.SqlNodeList;
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
        Optional<ViewTarget> view = ViewTarget.find(
                session, merge.table().schema().map(Name::text), merge.table().last(), verb(merge.whens()));
        TableDefinition table = view.map(ViewTarget::table).orElseGet(() -> Targets.written(session, merge.table()));
        checkReachable(merge.whens());
        String alias = merge.alias()
                .map(Name::text)
                .orElseGet(() -> view.map(v -> v.view().name()).orElse(table.name()));
        ReturnedRows.Written target = new ReturnedRows.Written(table, alias, view);
        List<MergeWhen> whens = merge.whens().stream()
                .map(when -> view.map(v -> based(v, when, merge)).orElse(when))
                .toList();
        whens.forEach(when -> checkAccess(target, when));
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
        PairActions.Pairs pairs = pairs(merge, target, source, matches);
        PairActions actions = new PairActions(session, target, pairs, whens);
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
        return returned.over(modify, target, places, List.of(new ReturnedRows.Other(source, shown)), true);
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

    /** The same with the columns of the table beneath a view. */
    private static MergeWhen based(ViewTarget view, MergeWhen when, Statement.Merge merge) {
        MergeWhen.Action action = switch (when.action()) {
            case MergeWhen.Update update ->
                new MergeWhen.Update(update.assignments().stream()
                        .map(assignment -> view.base(assignment, "merge into"))
                        .toList());
            case MergeWhen.Insert insert -> {
                int width = view.view().columns().size();
                if (insert.columns().isEmpty() && insert.values().size() > width) {
                    throw KadeException.of(ErrorCode.SYNTAX_ERROR, "INSERT has more expressions than target columns")
                            .at(Positions.of(insert.values().get(width).getParserPosition()));
                }
                List<AssignmentTarget> targets = insert.columns().isEmpty()
                        ? view.bases(insert.values().size(), merge.table().last(), "merge into")
                        : insert.columns().stream()
                                .map(column -> AssignmentTarget.of(view.base(column, "merge into")))
                                .toList();
                yield new MergeWhen.Insert(
                        targets.stream().map(AssignmentTarget::column).toList(), insert.values(), insert.overriding());
            }
            case MergeWhen.Delete delete -> delete;
            case MergeWhen.Nothing nothing -> nothing;
        };
        return new MergeWhen(when.match(), when.condition(), action, when.position());
    }

    /** What PostgreSQL says cannot be done with a view: what the first clause does that does anything. */
    private static String verb(List<MergeWhen> whens) {
        for (MergeWhen when : whens) {
            switch (when.action()) {
                case MergeWhen.Update update -> {
                    return "update";
                }
                case MergeWhen.Delete delete -> {
                    return "delete from";
                }
                case MergeWhen.Insert insert -> {
                    return "insert into";
                }
                case MergeWhen.Nothing nothing -> {}
            }
        }
        return "merge into";
    }

    private void checkAccess(ReturnedRows.Written target, MergeWhen when) {
        TableDefinition table = target.table();
        switch (when.action()) {
            case MergeWhen.Update update ->
                target.check(session, Privilege.UPDATE, Assignments.columns(table, update.assignments()));
            case MergeWhen.Insert insert ->
                target.check(session, Privilege.INSERT, Targets.columns(table, insert.columns()));
            case MergeWhen.Delete delete -> target.check(session, Privilege.DELETE, List.of());
            case MergeWhen.Nothing nothing -> {}
        }
    }

    private PairActions.Pairs pairs(
            Statement.Merge merge, ReturnedRows.Written written, String source, Set<Match> matches) {
        TableDefinition table = written.table();
        String alias = written.alias();
        SqlParserPos pos = merge.source().getParserPosition();
        boolean byTarget = matches.contains(Match.NOT_MATCHED_BY_SOURCE);
        SqlNode from = byTarget ? marked(merge.source(), source, pos) : merge.source();
        List<Field> sourceFields =
                session.columns(PlainSelect.of(pos, new SqlNodeList(List.of(star(source, pos)), pos), from));
        SqlNode rows = new SqlIdentifier(List.of(BoundCatalog.TARGET_SCHEMA, table.name()), pos);
        SqlNode target = SqlStdOperatorTable.AS.createCall(
                pos,
                written.view()
                        .map(view -> view.rows(rows, ViewTarget.Use.CHANGE))
                        .orElse(rows),
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
        for (int i = 0; i < table.columns().size(); i++) {
            items.add(column(alias, written.column(i), items.size(), pos));
        }
        items.add(column(alias, KadeTable.ROW_ID, items.size(), pos));
        PhysicalPlan plan = session.planChange(PlainSelect.of(pos, new SqlNodeList(items, pos), join), table)
                .plan();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < sourceFields.size(); i++) {
            Field field = sourceFields.get(i);
            fields.add(new Field(
                    field.name(),
                    plan.output().get(i).type(),
                    plan.output().get(i).nullable() || byTarget));
        }
        return new PairActions.Pairs(
                plan, source, fields, byTarget ? Optional.of(PRESENT) : Optional.empty(), false, alias);
    }

    /** The source with a last column that is never NULL in its rows. */
    private static SqlNode marked(SqlNode source, String alias, SqlParserPos pos) {
        SqlNode present = SqlStdOperatorTable.AS.createCall(
                pos, SqlLiteral.createBoolean(true, pos), new SqlIdentifier(PRESENT, pos));
        SqlNode select = PlainSelect.of(pos, new SqlNodeList(List.of(star(alias, pos), present), pos), source);
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
