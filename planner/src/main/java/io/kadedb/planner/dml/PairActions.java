package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.MergeWhen;
import io.kadedb.parser.ast.MergeWhen.Match;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What MERGE and INSERT .. ON CONFLICT do with pairs of a source's and the table's rows: the first action that fits each.
 *
 * <p>Planned in two queries over the pairs: the first finds the action, so that its condition is computed once; the second
 * the new values, each only for the pairs whose action needs it.
 */
final class PairActions {
    private static final String CHOSEN = "$chosen";
    private static final String WHEN = "$when";
    /** Where the row id is in what {@link #rows} gives. */
    private static final int IDENTITY = 1;

    private final PlanningSession session;
    private final TableDefinition table;
    private final ReturnedRows.Written written;
    private final Pairs pairs;
    private final List<MergeWhen> whens;

    /**
     * Rows of a source beside rows of the table.
     *
     * @param plan gives the source's columns, then the table's, then its row id, which is NULL where there is no row
     * @param present the source's last column, which is NULL where the source has no row; empty when it always has one
     * @param excluded whether the source's first columns are the table's: rows that were to be inserted
     */
    record Pairs(
            PhysicalPlan plan,
            String source,
            List<Field> sourceFields,
            Optional<String> present,
            boolean excluded,
            String target) {}

    /**
     * @param written has the name that the table has in the statement; {@code whens} name columns of the view in their
     *     expressions, of the table for what they assign
     */
    PairActions(PlanningSession session, ReturnedRows.Written written, Pairs pairs, List<MergeWhen> whens) {
        this.session = session;
        this.table = written.table();
        this.written = written;
        this.pairs = pairs;
        this.whens = whens;
    }

    /**
     * The input of a {@link Modify} of kind MERGE.
     *
     * @param withOld whether the values of the table's columns from before follow
     * @param withSource whether the source's columns follow
     */
    PhysicalPlan rows(boolean withOld, boolean withSource) {
        PhysicalPlan chosen = chosen();
        List<Value> values = values();
        SqlParserPos pos = SqlParserPos.ZERO;
        List<SqlNode> items = carried(pos);
        items.add(column(CHOSEN, WHEN, pos));
        int first = items.size();
        for (Value value : values) {
            SqlParserPos at = value.value.getParserPosition();
            items.add(SqlCase.createSwitched(
                    at,
                    column(CHOSEN, WHEN, at),
                    SqlNodeList.of(number(value.when, at)),
                    SqlNodeList.of(value.value),
                    SqlLiteral.createNull(at)));
        }
        GivenQuery given = given().with(CHOSEN, List.of(new Field(WHEN, SqlType.INTEGER, false)), Optional.empty());
        PhysicalPlan plan = plan(items, given, chosen);
        return composed(plan, values, first, withOld, withSource);
    }

    private PhysicalPlan plan(List<SqlNode> items, GivenQuery given, PhysicalPlan below) {
        SqlParserPos pos = SqlParserPos.ZERO;
        List<SqlNode> named = new ArrayList<>();
        items.forEach(item ->
                named.add(SqlStdOperatorTable.AS.createCall(pos, item, new SqlIdentifier("$" + named.size(), pos))));
        return session.planGiven(
                        PlainSelect.of(pos, new SqlNodeList(named, pos), given.from(pos)),
                        "MERGE",
                        true,
                        given.parts(below.rows(), columns -> picked(below, columns)))
                .plan();
    }

    private static PhysicalPlan picked(PhysicalPlan plan, List<Integer> columns) {
        List<Field> output = columns.stream().map(plan.output()::get).toList();
        List<Expr> picked =
                columns.stream().<Expr>map(column -> column(plan, column)).toList();
        return new PhysicalPlan.Project(plan, picked, output);
    }

    private static Expr.Column column(PhysicalPlan plan, int index) {
        Field field = plan.output().get(index);
        return new Expr.Column(index, field.type(), field.nullable());
    }

    private GivenQuery given() {
        List<Field> target = new ArrayList<>();
        Targets.fields(table).forEach(field -> target.add(new Field(field.name(), field.type(), true)));
        target.add(new Field(KadeTable.ROW_ID, SqlType.BIGINT, true));
        return new GivenQuery()
                .with(
                        pairs.source,
                        pairs.sourceFields,
                        Optional.empty(),
                        pairs.excluded ? part -> seen(part, ViewTarget.Use.GIVEN) : UnaryOperator.identity())
                .with(pairs.target, target, Optional.of(table), part -> seen(part, ViewTarget.Use.PAIR));
    }

    private SqlNode seen(SqlNode part, ViewTarget.Use use) {
        return written.view().map(v -> v.rows(part, use)).orElse(part);
    }

    /** A column of the table, under the name it has beside those of a view. */
    private SqlIdentifier tableColumn(String alias, int ordinal, SqlParserPos pos) {
        return column(alias, written.column(ordinal), pos);
    }

    /** All columns of the pairs as select items. */
    private List<SqlNode> carried(SqlParserPos pos) {
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < pairs.sourceFields.size(); i++) {
            items.add(
                    pairs.excluded && i < table.columns().size()
                            ? tableColumn(pairs.source, i, pos)
                            : column(pairs.source, pairs.sourceFields.get(i).name(), pos));
        }
        for (int i = 0; i < table.columns().size(); i++) {
            items.add(tableColumn(pairs.target, i, pos));
        }
        items.add(column(pairs.target, KadeTable.ROW_ID, pos));
        return items;
    }

    private static SqlIdentifier column(String alias, String name, SqlParserPos pos) {
        return new SqlIdentifier(List.of(alias, name), pos);
    }

    private static SqlNode number(int value, SqlParserPos pos) {
        return SqlLiteral.createExactNumeric(Integer.toString(value), pos);
    }

    /** The pairs with the number of the clause for each, 0 for none. */
    private PhysicalPlan chosen() {
        SqlParserPos pos = SqlParserPos.ZERO;
        List<SqlNode> items = carried(pos);
        SqlNode noTarget = SqlStdOperatorTable.IS_NULL.createCall(pos, column(pairs.target, KadeTable.ROW_ID, pos));
        SqlNodeList conditions = new SqlNodeList(List.of(noTarget), pos);
        SqlNodeList choices = new SqlNodeList(List.of(first(Match.NOT_MATCHED)), pos);
        pairs.present.ifPresent(present -> {
            conditions.add(SqlStdOperatorTable.IS_NULL.createCall(pos, column(pairs.source, present, pos)));
            choices.add(first(Match.NOT_MATCHED_BY_SOURCE));
        });
        items.add(new SqlCase(pos, null, conditions, choices, first(Match.MATCHED)));
        return plan(items, given(), pairs.plan);
    }

    /** The number of the first clause for a kind of pair whose condition is true. */
    private SqlNode first(Match match) {
        SqlParserPos pos = SqlParserPos.ZERO;
        SqlNodeList conditions = new SqlNodeList(pos);
        SqlNodeList numbers = new SqlNodeList(pos);
        for (int i = 0; i < whens.size(); i++) {
            MergeWhen when = whens.get(i);
            if (when.match() != match) {
                continue;
            }
            if (when.condition().isEmpty()) {
                SqlNode always = number(i + 1, pos);
                return conditions.isEmpty() ? always : new SqlCase(pos, null, conditions, numbers, always);
            }
            conditions.add(when.condition().get());
            numbers.add(number(i + 1, pos));
        }
        SqlNode none = number(0, pos);
        return conditions.isEmpty() ? none : new SqlCase(pos, null, conditions, numbers, none);
    }

    /** A value that a clause gives a column. */
    private record Value(int when, int column, SqlNode value) {}

    private List<Value> values() {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < whens.size(); i++) {
            int number = i + 1;
            switch (whens.get(i).action()) {
                case MergeWhen.Update update -> {
                    SortedMap<Integer, SqlNode> assigned = Assignments.of(
                            table,
                            ordinal -> tableColumn(pairs.target, ordinal, SqlParserPos.ZERO),
                            update.assignments());
                    assigned.forEach((column, value) -> values.add(new Value(number, column, value)));
                }
                case MergeWhen.Insert insert ->
                    inserted(insert).forEach((column, value) -> values.add(new Value(number, column, value)));
                case MergeWhen.Delete delete -> {}
                case MergeWhen.Nothing nothing -> {}
            }
        }
        return values;
    }

    private SortedMap<Integer, SqlNode> inserted(MergeWhen.Insert insert) {
        List<Integer> targets = Targets.columns(table, insert.columns());
        int width = insert.values().size();
        if (width > targets.size()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "INSERT has more expressions than target columns")
                    .at(Positions.of(insert.values().get(targets.size()).getParserPosition()));
        }
        if (width > 0 && width < targets.size() && !insert.columns().isEmpty()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "INSERT has more target columns than expressions")
                    .at(insert.columns().get(width).position());
        }
        SortedMap<Integer, SqlNode> values = new TreeMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int place = targets.indexOf(i);
            ColumnDefinition column = table.columns().get(i);
            boolean given = place >= 0
                    && place < width
                    && GivenValues.count(
                            column, insert.overriding(), insert.values().subList(place, place + 1), SqlParserPos.ZERO);
            values.put(
                    i,
                    !given
                            ? Targets.defaultValue(column, SqlParserPos.ZERO)
                            : Assignments.value(column, insert.values().get(place)));
        }
        return values;
    }

    /** Puts together for each column what the chosen clause gives it, or what it was. */
    private PhysicalPlan composed(
            PhysicalPlan plan, List<Value> values, int firstValue, boolean withOld, boolean withSource) {
        int target = pairs.sourceFields.size();
        int width = table.columns().size();
        int chosen = firstValue - 1;
        List<Expr> expressions = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        List<Expr.When> actions = new ArrayList<>();
        for (int i = 0; i < whens.size(); i++) {
            actions.add(new Expr.When(isChosen(plan, chosen, i + 1), integer(action(whens.get(i)))));
        }
        expressions.add(new Expr.Case(actions, integer(Modify.KEEP), SqlType.INTEGER, false));
        output.add(new Field("$action", SqlType.INTEGER, false));
        add(plan, target + width, expressions, output);
        table.identity().forEach(column -> add(plan, target + column, expressions, output));
        for (int column = 0; column < width; column++) {
            List<Expr.When> branches = new ArrayList<>();
            for (int v = 0; v < values.size(); v++) {
                if (values.get(v).column == column) {
                    branches.add(
                            new Expr.When(isChosen(plan, chosen, values.get(v).when), column(plan, firstValue + v)));
                }
            }
            Expr.Column old = column(plan, target + column);
            // Text is held to its length below, whatever branch it comes from.
            SqlType type = old.type().isText() ? SqlType.TEXT : old.type();
            Expr value = branches.isEmpty() ? old : new Expr.Case(branches, old, type, true);
            expressions.add(value);
            output.add(new Field(table.columns().get(column).name(), value.type(), true));
        }
        for (int column = 0; withOld && column < width; column++) {
            add(plan, target + column, expressions, output);
        }
        for (int column = 0; withSource && column < shown(); column++) {
            add(plan, column, expressions, output);
        }
        RowRules rules = new RowRules(session, table, true);
        PhysicalPlan ruled = rules.over(new PhysicalPlan.Project(plan, expressions, output), written());
        return written.view().map(v -> rules.within(v, ruled, written())).orElse(ruled);
    }

    /** How many columns of the source its names show. */
    private int shown() {
        return pairs.sourceFields.size() - (pairs.present.isPresent() ? 1 : 0);
    }

    /** Where the new values begin. */
    int written() {
        return IDENTITY + 1 + table.identity().size();
    }

    private static void add(PhysicalPlan plan, int column, List<Expr> expressions, List<Field> output) {
        expressions.add(column(plan, column));
        output.add(plan.output().get(column));
    }

    private static Expr isChosen(PhysicalPlan plan, int chosen, int number) {
        return new Expr.Call(ScalarFunction.EQ, List.of(column(plan, chosen), integer(number)), SqlType.BOOLEAN, false);
    }

    private static Expr.Literal integer(int value) {
        return new Expr.Literal((long) value, SqlType.INTEGER);
    }

    private static int action(MergeWhen when) {
        return switch (when.action()) {
            case MergeWhen.Update update -> Modify.UPDATE;
            case MergeWhen.Delete delete -> Modify.DELETE;
            case MergeWhen.Insert insert -> Modify.INSERT;
            case MergeWhen.Nothing nothing -> Modify.KEEP;
        };
    }
}
