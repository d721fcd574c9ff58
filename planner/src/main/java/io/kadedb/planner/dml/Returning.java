package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * RETURNING: a query over the rows as they were written, with the columns of the statement's other tables beside them.
 */
final class Returning {
    private final PlanningSession session;
    private final List<SqlNode> items;

    /** @param items of the select list; empty when there is no RETURNING */
    Returning(PlanningSession session, List<SqlNode> items) {
        this.session = session;
        this.items = items;
    }

    boolean isPresent() {
        return !items.isEmpty();
    }

    /** A table that RETURNING may read besides the one that is written. */
    record Other(String alias, List<Field> fields) {}

    /** The tables of a FROM clause with their columns; those without a name can be neither named nor returned. */
    List<Other> others(SqlNode all, SqlNode more) {
        List<Other> others = new ArrayList<>();
        for (String alias : aliases(more)) {
            SqlParserPos pos = more.getParserPosition();
            SqlIdentifier star = SqlIdentifier.star(List.of(alias, ""), pos, List.of(pos, pos));
            SqlSelect select = InsertPlanner.select(List.of(star), all, pos);
            others.add(new Other(alias, session.columns(select)));
        }
        return others;
    }

    private static List<String> aliases(SqlNode from) {
        return switch (from) {
            case SqlJoin join -> {
                List<String> both = new ArrayList<>(aliases(join.getLeft()));
                both.addAll(aliases(join.getRight()));
                yield both;
            }
            case SqlIdentifier name -> List.of(name.names.getLast());
            case SqlCall call
            when call.getKind() == SqlKind.AS -> List.of(call.operand(1).toString());
            default -> List.of();
        };
    }

    /** Select items that carry the columns of other tables along. */
    static List<SqlNode> carried(List<Other> others, SqlParserPos pos) {
        List<SqlNode> items = new ArrayList<>();
        for (Other other : others) {
            for (Field field : other.fields) {
                items.add(new SqlIdentifier(List.of(other.alias, field.name()), pos));
            }
        }
        return items;
    }

    /**
     * The plan that gives what is asked for, or the number of rows.
     *
     * @param written the first column of the input that holds the row as it is returned
     */
    PlannedChange over(Modify modify, TableDefinition table, String alias, int written, List<Other> others) {
        if (items.isEmpty()) {
            return PlannedChange.counting(modify);
        }
        GivenQuery given = new GivenQuery().with(alias, Targets.fields(table), Optional.of(table));
        others.forEach(other -> given.with(other.alias, other.fields, Optional.empty()));
        SqlParserPos pos = SqlParserPos.sum(items);
        SqlSelect query = InsertPlanner.select(items, given.from(pos), pos);
        PlanningSession.Planned planned = session.planGiven(
                query,
                "RETURNING",
                given.parts(
                        modify.input().rows(),
                        columns -> modify.returning(
                                columns.stream().map(column -> written + column).toList())));
        return new PlannedChange(planned.plan(), planned.columns());
    }
}
