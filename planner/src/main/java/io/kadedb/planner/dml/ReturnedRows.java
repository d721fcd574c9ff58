package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Returning;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * RETURNING: a query over the rows as they were written, with the columns of the statement's other tables beside them.
 */
final class ReturnedRows {
    private final PlanningSession session;
    private final Returning returning;

    ReturnedRows(PlanningSession session, Returning returning) {
        this.session = session;
        this.returning = returning;
    }

    boolean arePresent() {
        return !returning.isEmpty();
    }

    /** Whether values from before the statement are asked for by name. */
    boolean needOld() {
        return RowImages.names(returning, returning.oldRow());
    }

    /** A table that RETURNING may read besides the one that is written. */
    record Other(String alias, List<Field> fields) {}

    /**
     * Where the columns of the table that is written begin in the input.
     *
     * @param now as a name of the table means them
     * @param before the statement; empty when there are none: all NULL
     * @param after whether the rows are there afterwards
     * @param action where the action of a MERGE is, or empty
     */
    record Places(int now, Optional<Integer> before, boolean after, Optional<Integer> action) {
        /** Of rows that were not there before. */
        static Places inserted(int now) {
            return new Places(now, Optional.empty(), true, Optional.empty());
        }
    }

    /**
     * What is written, under the name it has in the statement.
     *
     * @param view through which the table is written
     */
    record Written(TableDefinition table, String alias, Optional<ViewTarget> view) {
        /** Asks for access to the columns of a table, or to a view. */
        void check(PlanningSession session, Privilege privilege, List<Integer> columns) {
            Targets.check(session.context(), privilege, shown(), view.isPresent() ? List.of() : columns);
        }

        /** The name of the table's column, which a view's columns stand beside. */
        String column(int ordinal) {
            return view.isPresent()
                    ? ViewTarget.hidden(ordinal)
                    : table.columns().get(ordinal).name();
        }

        private TableDefinition shown() {
            return view.map(ViewTarget::asTable).orElse(table);
        }

        private SqlNode rows(SqlNode rows) {
            return view.map(v -> v.rows(rows, ViewTarget.Use.RETURN)).orElse(rows);
        }

        /** Under the names that old values have. */
        private SqlNode oldRows(SqlNode rows) {
            if (view.isEmpty()) {
                return rows;
            }
            List<SqlNode> items = new ArrayList<>();
            List<Field> hidden = RowImages.oldFields(shown());
            SqlParserPos pos = rows.getParserPosition();
            for (int i = 0; i < hidden.size(); i++) {
                items.add(ViewTarget.as(
                        new SqlIdentifier(
                                List.of(
                                        ViewTarget.TABLE,
                                        shown().columns().get(i).name()),
                                pos),
                        hidden.get(i).name()));
            }
            return PlainSelect.of(pos, new SqlNodeList(items, pos), ViewTarget.as(rows(rows), ViewTarget.TABLE));
        }
    }

    /** The tables of a FROM clause with their columns; those without a name can be neither named nor returned. */
    List<Other> others(SqlNode all, SqlNode more) {
        List<Other> others = new ArrayList<>();
        for (String alias : aliases(more)) {
            SqlParserPos pos = more.getParserPosition();
            SqlIdentifier star = SqlIdentifier.star(List.of(alias, ""), pos, List.of(pos, pos));
            SqlSelect select = PlainSelect.of(pos, new SqlNodeList(List.of(star), pos), all);
            others.add(new Other(alias, session.columns(select)));
        }
        return others;
    }

    static List<String> aliases(SqlNode from) {
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
     * @param others tables whose columns are the last of the input
     * @param othersFirst whether {@code *} gives their columns first
     */
    PlannedChange over(Modify modify, Written written, Places places, List<Other> others, boolean othersFirst) {
        if (returning.isEmpty()) {
            return PlannedChange.counting(modify);
        }
        TableDefinition table = written.table;
        String alias = written.alias;
        GivenQuery given = new GivenQuery();
        List<Integer> ordinals = new ArrayList<>();
        List<Field> fields = Targets.fields(table);
        given.with(alias, fields, Optional.of(table), written::rows);
        range(places.now, fields.size()).forEach(ordinals::add);
        int at = modify.input().output().size()
                - others.stream().mapToInt(other -> other.fields.size()).sum();
        for (Other other : others) {
            given.with(other.alias, other.fields, Optional.empty());
            range(at, other.fields.size()).forEach(ordinals::add);
            at += other.fields.size();
        }
        List<String> visible = new ArrayList<>(given.aliases());
        if (othersFirst) {
            visible.add(visible.removeFirst());
        }
        if (needOld() && places.before.isPresent()) {
            given.with(
                    RowImages.OLD,
                    written.view.isPresent() ? fields : RowImages.oldFields(table),
                    Optional.of(table),
                    written::oldRows);
            range(places.before.get(), fields.size()).forEach(ordinals::add);
        }
        if (places.action.isPresent()) {
            given.with(RowImages.MERGE, List.of(new Field(RowImages.ACTION, SqlType.INTEGER, false)), Optional.empty());
            ordinals.add(places.action.get());
        }
        List<SqlNode> items = new RowImages(written.shown(), alias, places, visible).rewrite(returning);
        SqlParserPos pos = SqlParserPos.sum(returning.items());
        SqlSelect query = PlainSelect.of(pos, new SqlNodeList(items, pos), given.from(pos));
        PlanningSession.Planned planned = session.planGiven(
                query,
                "RETURNING",
                false,
                given.parts(
                        modify.input().rows(),
                        columns -> modify.returning(
                                columns.stream().map(ordinals::get).toList())));
        return new PlannedChange(planned.plan(), planned.columns());
    }

    private static List<Integer> range(int from, int count) {
        return IntStream.range(from, from + count).boxed().toList();
    }
}
