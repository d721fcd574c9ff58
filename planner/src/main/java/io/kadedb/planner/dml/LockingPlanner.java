package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.RowLocking;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.SeparateQueries;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.LockRows;
import io.kadedb.planner.physical.PhysicalPlan.RowLock;
import io.kadedb.planner.validate.DeepCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * SELECT .. FOR UPDATE and its kin: the query gives the keys of the rows it is made of too; above it they are locked in its
 * order, and only then counted against LIMIT.
 */
public final class LockingPlanner {
    private final PlanningSession session;

    public LockingPlanner(PlanningSession session) {
        this.session = session;
    }

    /** Plans a query that locks rows. */
    public PlanningSession.Planned plan(Statement.Query statement) {
        SqlNode query = statement.query().accept(new DeepCopy());
        SqlSelect select = select(query, statement.locks().getFirst());
        if (query instanceof SqlOrderBy ordered && (isQuery(ordered.fetch) || isQuery(ordered.offset))) {
            throw notAllowed(statement.locks().getFirst(), "with a subquery in LIMIT or OFFSET is not supported yet");
        }
        select.setFrom(LockedTable.withLockedQueries(select.getFrom(), statement.locks()));
        List<LockedTable> tables = LockedTable.of(session, select.getFrom(), withQueries(query), statement.locks());
        boolean hides = tables.stream().anyMatch(LockedTable::isHidden);
        List<SqlNode> items = hides
                ? LockedTable.items(select.getSelectList(), select.getFrom(), tables)
                : new ArrayList<>(select.getSelectList().getList());
        if (hides) {
            select.setFrom(LockedTable.from(select.getFrom(), tables));
        }
        List<List<Integer>> places = new ArrayList<>();
        int hidden = 0;
        for (LockedTable locked : tables) {
            TableDefinition table = locked.table();
            TableDefinition named = locked.view().map(ViewTarget::asTable).orElse(table);
            Targets.check(session.context(), Privilege.UPDATE, named, List.of());
            if (locked.isHidden()) {
                Targets.check(session.context(), Privilege.SELECT, named, List.of());
            }
            List<Integer> key = new ArrayList<>();
            for (SqlIdentifier column : locked.key()) {
                items.add(hidden(column, hidden));
                key.add(hidden++);
            }
            places.add(key);
        }
        select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        PlanningSession.Planned planned = session.plan(query);
        int width = planned.columns().size() - hidden;
        List<RowLock> locks = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            List<Integer> key =
                    places.get(i).stream().map(place -> width + place).toList();
            locks.add(tables.get(i).lock(key));
        }
        return new PlanningSession.Planned(
                shown(locking(planned.plan(), locks), width), planned.columns().subList(0, width));
    }

    private static SqlNode hidden(SqlIdentifier column, int number) {
        SqlParserPos pos = column.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(pos, column, new SqlIdentifier("$lock" + number, pos));
    }

    private static List<String> withQueries(SqlNode query) {
        SqlNode body = query instanceof SqlOrderBy ordered ? ordered.query : query;
        return body instanceof SqlWith with
                ? with.withList.stream()
                        .map(item -> ((SqlWithItem) item).name.getSimple())
                        .toList()
                : List.of();
    }

    /** The one SELECT whose rows are rows of tables. */
    private static SqlSelect select(SqlNode query, RowLocking locking) {
        SqlNode body = query instanceof SqlOrderBy ordered ? ordered.query : query;
        body = body instanceof SqlWith with ? with.body : body;
        if (!(body instanceof SqlSelect select)) {
            throw notAllowed(
                    locking,
                    body.getKind() == SqlKind.VALUES
                            ? "cannot be applied to VALUES"
                            : "is not allowed with UNION/INTERSECT/EXCEPT");
        }
        if (select.isDistinct()) {
            throw notAllowed(locking, "is not allowed with DISTINCT clause");
        }
        if (select.getGroup() != null) {
            throw notAllowed(locking, "is not allowed with GROUP BY clause");
        }
        if (select.getHaving() != null) {
            throw notAllowed(locking, "is not allowed with HAVING clause");
        }
        return select;
    }

    private static boolean isQuery(@Nullable SqlNode count) {
        return count != null && SeparateQueries.hasQuery(count);
    }

    private static KadeException notAllowed(RowLocking locking, String why) {
        return KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, locking.strength().sql() + " " + why)
                .at(locking.position());
    }

    /** The plan with its limit moved above the locks. */
    private static PhysicalPlan locking(PhysicalPlan plan, List<RowLock> locks) {
        return switch (plan) {
            case PhysicalPlan.Sort sort
            when sort.fetch().isPresent() || sort.offset().isPresent() -> {
                PhysicalPlan all = new PhysicalPlan.Sort(
                        sort.input(),
                        sort.keys(),
                        Optional.empty(),
                        Optional.empty(),
                        sort.input().rows());
                yield new LockRows(all, locks, sort.offset(), sort.fetch(), sort.rows());
            }
            case PhysicalPlan.Limit limit ->
                new LockRows(limit.input(), locks, limit.offset(), limit.fetch(), limit.rows());
            case PhysicalPlan.Project project -> {
                LockRows below = (LockRows) locking(project.input(), List.of());
                PhysicalPlan rows = new PhysicalPlan.Project(below.input(), project.expressions(), project.output());
                yield new LockRows(rows, locks, below.offset(), below.fetch(), below.rows());
            }
            default -> new LockRows(plan, locks, Optional.empty(), Optional.empty(), plan.rows());
        };
    }

    /** The columns that the user asked for. */
    private static PhysicalPlan shown(PhysicalPlan plan, int width) {
        List<Expr> values = new ArrayList<>();
        List<Field> output = plan.output().subList(0, width);
        for (int i = 0; i < width; i++) {
            values.add(new Expr.Column(i, output.get(i).type(), output.get(i).nullable()));
        }
        return new PhysicalPlan.Project(plan, values, List.copyOf(output));
    }
}
