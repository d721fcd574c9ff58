package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.AssignmentTarget;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** INSERT: the source's columns converted for the table's, missing ones filled with their defaults. */
public final class InsertPlanner {
    private static final String SOURCE = "$source";

    private final PlanningSession session;

    public InsertPlanner(PlanningSession session) {
        this.session = session;
    }

    /** The plan; its input has all columns of the table in order. */
    public PlannedChange plan(Statement.Insert written) {
        Optional<ViewTarget> view = ViewTarget.find(
                session,
                written.table().schema().map(Name::text),
                written.table().last(),
                "insert into");
        TableDefinition table = view.map(ViewTarget::table).orElseGet(() -> Targets.written(session, written.table()));
        Statement.Insert insert = new ArrayPlaces(session, table)
                .wholeColumns(view.map(v -> based(v, written)).orElse(written));
        List<Integer> targets = Targets.columns(table, insert.columns());
        Targets.check(
                session.context(),
                Privilege.INSERT,
                view.map(ViewTarget::asTable).orElse(table),
                view.isPresent() ? List.of() : targets);
        PhysicalPlan input = insert.source()
                .map(source -> source(table, targets, source, insert))
                .orElseGet(() -> defaults(table));
        RowRules rules = new RowRules(session, table);
        PhysicalPlan ruled = rules.over(input, 0);
        String alias = insert.alias()
                .map(Name::text)
                .orElseGet(() -> view.map(v -> v.view().name()).orElse(table.name()));
        if (insert.conflict().isPresent()) {
            return new UpsertPlanner(session, new ReturnedRows.Written(table, alias, view))
                    .plan(insert, insert.conflict().get(), ruled);
        }
        PhysicalPlan rows = view.map(v -> rules.within(v, ruled, 0)).orElse(ruled);
        Modify modify = Modify.counting(Targets.reference(table), Modify.Operation.INSERT, rows);
        return new ReturnedRows(session, insert.returning())
                .over(
                        modify,
                        new ReturnedRows.Written(table, alias, view),
                        ReturnedRows.Places.inserted(0),
                        List.of(),
                        false);
    }

    /** The same with the columns of the table beneath a view. */
    private Statement.Insert based(ViewTarget view, Statement.Insert insert) {
        List<AssignmentTarget> targets = insert.targets().isEmpty()
                ? view.bases(width(view, insert), insert.table().last(), "insert into")
                : insert.targets().stream()
                        .map(target -> view.base(target, "insert into"))
                        .toList();
        return insert.with(targets, insert.source());
    }

    /** How many columns an INSERT without names gives. */
    private int width(ViewTarget view, Statement.Insert insert) {
        int columns = view.view().columns().size();
        if (insert.source().isEmpty()) {
            return columns;
        }
        SqlNode source = insert.source().get();
        int given = source.getKind() == SqlKind.VALUES
                ? ((SqlCall) ((SqlCall) source).operand(0)).operandCount()
                : session.columns(source).size();
        return Math.min(columns, given);
    }

    private PhysicalPlan defaults(TableDefinition table) {
        int[] none = new int[table.columns().size()];
        Arrays.fill(none, -1);
        return values(table, List.of(SqlStdOperatorTable.ROW.createCall(SqlParserPos.ZERO)), none);
    }

    private PhysicalPlan source(TableDefinition table, List<Integer> targets, SqlNode source, Statement.Insert insert) {
        if (source.getKind() == SqlKind.VALUES) {
            List<SqlNode> rows = ((SqlCall) source).getOperandList();
            List<Integer> given = given(targets, rows, insert);
            return values(table, rows, places(table, given, insert, rows));
        }
        return query(table, targets, source, insert);
    }

    /** The columns the rows are for: those named, or the first of the table when none is named. */
    private static List<Integer> given(List<Integer> targets, List<SqlNode> rows, Statement.Insert insert) {
        int width = ((SqlCall) rows.getFirst()).operandCount();
        for (SqlNode row : rows) {
            SqlCall call = (SqlCall) row;
            if (call.operandCount() != width) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "VALUES lists must all be the same length")
                        .at(Positions.of(row.getParserPosition()));
            }
        }
        SqlNode first = rows.getFirst();
        checkWidth(
                width,
                targets.size(),
                insert,
                width > targets.size() ? ((SqlCall) first).operand(targets.size()) : first);
        return targets.subList(0, width);
    }

    private static void checkWidth(int width, int targets, Statement.Insert insert, SqlNode at) {
        if (width > targets) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "INSERT has more expressions than target columns")
                    .at(Positions.of(at.getParserPosition()));
        }
        if (width < targets && !insert.columns().isEmpty()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "INSERT has more target columns than expressions")
                    .at(insert.columns().get(width).position());
        }
    }

    private PhysicalPlan values(TableDefinition table, List<SqlNode> rows, int[] places) {
        Optional<List<List<Expr>>> constant = new ConstantRows(session).rows(rows, table.columns(), places);
        if (constant.isPresent()) {
            return new PhysicalPlan.Values(constant.get(), fields(table, constant.get()));
        }
        List<SqlNode> full = new ArrayList<>();
        for (SqlNode row : rows) {
            full.add(fullRow(table, (SqlCall) row, places));
        }
        SqlNode query = SqlStdOperatorTable.VALUES.createCall(SqlParserPos.sum(rows), full);
        return session.plan(query).plan();
    }

    private static SqlNode fullRow(TableDefinition table, SqlCall row, int[] places) {
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            ColumnDefinition column = table.columns().get(i);
            boolean omitted = places[i] < 0 || row.operand(places[i]).getKind() == SqlKind.DEFAULT;
            items.add(
                    omitted
                            ? Targets.defaultValue(column, row.getParserPosition())
                            : AssignOperator.to(column.name(), column.type(), row.operand(places[i])));
        }
        return SqlStdOperatorTable.ROW.createCall(row.getParserPosition(), items);
    }

    /**
     * For each column of the table its place in the rows; -1 for those that take their default.
     *
     * @param rows of VALUES; empty for a query
     */
    private static int[] places(
            TableDefinition table, List<Integer> given, Statement.Insert insert, List<SqlNode> rows) {
        int[] places = new int[table.columns().size()];
        Arrays.fill(places, -1);
        for (int i = 0; i < given.size(); i++) {
            int place = i;
            ColumnDefinition column = table.columns().get(given.get(i));
            List<SqlNode> values = column.identity().isEmpty() && !column.isGenerated()
                    ? List.of()
                    : rows.stream()
                            .<SqlNode>map(row -> ((SqlCall) row).operand(place))
                            .toList();
            SqlParserPos at = insert.table().toIdentifier().getParserPosition();
            if (GivenValues.count(column, insert.overriding(), values, at)) {
                places[given.get(i)] = i;
            }
        }
        return places;
    }

    private static List<Field> fields(TableDefinition table, List<List<Expr>> rows) {
        List<Field> fields = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            int place = fields.size();
            boolean nullable = rows.stream().anyMatch(row -> row.get(place).nullable());
            fields.add(new Field(column.name(), column.type().isText() ? SqlType.TEXT : column.type(), nullable));
        }
        return fields;
    }

    /** {@code SELECT converted columns and defaults FROM (source) AS source(c0, c1, ..)}. */
    private PhysicalPlan query(TableDefinition table, List<Integer> targets, SqlNode source, Statement.Insert insert) {
        int width = session.columns(source).size();
        checkWidth(width, targets.size(), insert, source);
        int[] places = places(table, targets.subList(0, width), insert, List.of());
        LiteralColumns.assign(source, table, targets);
        SqlParserPos pos = source.getParserPosition();
        if (source.getKind() == SqlKind.ORDER_BY && drawsDefaults(table, places)) {
            return ordered(table, source, places);
        }
        List<SqlNode> alias = new ArrayList<>(List.of(source, new SqlIdentifier(SOURCE, pos)));
        for (int i = 0; i < width; i++) {
            alias.add(new SqlIdentifier("c" + i, pos));
        }
        SqlNode from = SqlStdOperatorTable.AS.createCall(pos, alias);
        return session.plan(PlainSelect.of(pos, new SqlNodeList(assigned(table, places, pos), pos), from))
                .plan();
    }

    private static List<SqlNode> assigned(TableDefinition table, int[] places, SqlParserPos pos) {
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            ColumnDefinition column = table.columns().get(i);
            SqlNode value = places[i] < 0
                    ? Targets.defaultValue(column, pos)
                    : AssignOperator.to(
                            column.name(), column.type(), new SqlIdentifier(List.of(SOURCE, "c" + places[i]), pos));
            items.add(SqlStdOperatorTable.AS.createCall(pos, value, new SqlIdentifier("$" + i, pos)));
        }
        return items;
    }

    /** Whether a sequence numbers the rows, so that their order counts. */
    private static boolean drawsDefaults(TableDefinition table, int[] places) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] < 0
                    && table.columns()
                            .get(i)
                            .defaultSql()
                            .filter(SequenceDefaults::draws)
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The rows of a query in its order, with defaults computed over them. */
    private PhysicalPlan ordered(TableDefinition table, SqlNode source, int[] places) {
        SqlParserPos pos = source.getParserPosition();
        PhysicalPlan rows = session.plan(source).plan();
        List<Field> fields = new ArrayList<>();
        for (Field field : rows.output()) {
            fields.add(new Field("c" + fields.size(), field.type(), field.nullable()));
        }
        GivenQuery given = new GivenQuery().with(SOURCE, fields, Optional.empty());
        return session.planGiven(
                        PlainSelect.of(pos, new SqlNodeList(assigned(table, places, pos), pos), given.from(pos)),
                        "INSERT",
                        true,
                        given.parts(rows.rows(), columns -> Targets.picked(rows, columns)))
                .plan();
    }
}
