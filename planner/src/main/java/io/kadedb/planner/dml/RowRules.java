package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.index.Canonical;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What a table's definition makes of rows to be written: generated columns are computed, CHECK constraints checked. */
public final class RowRules {
    private static final String BEFORE = "$before";
    private static final String BEHIND = "$behind";
    private static final String BESIDE = "$beside";

    private final PlanningSession session;
    private final TableDefinition table;
    private final boolean merging;

    RowRules(PlanningSession session, TableDefinition table) {
        this(session, table, false);
    }

    /** @param merging whether the rows begin with the action of a MERGE */
    RowRules(PlanningSession session, TableDefinition table, boolean merging) {
        this.session = session;
        this.table = table;
        this.merging = merging;
    }

    /**
     * The rows as they are to be stored.
     *
     * @param first where the table's columns begin in the rows; others may follow them
     */
    PhysicalPlan over(PhysicalPlan rows, int first) {
        PhysicalPlan complete =
                table.columns().stream().anyMatch(ColumnDefinition::isGenerated) ? generated(rows, first) : rows;
        PhysicalPlan fitted = Targets.fitted(table, complete, first);
        return table.checks().isEmpty() ? fitted : checked(fitted, first);
    }

    /**
     * The rows as they are to be stored, with defaults, and with values of the columns' own types.
     *
     * @param defaulted ordinals of the columns that take their defaults
     * @param rows end with the table's columns
     */
    public static PhysicalPlan complete(
            PlanningSession session, TableDefinition table, Set<Integer> defaulted, PhysicalPlan rows) {
        RowRules rules = new RowRules(session, table);
        int first = rows.output().size() - table.columns().size();
        TableDefinition written = Targets.withSequences(session, table);
        PhysicalPlan assigned = rules.replaced(rows, first, (ordinal, place) -> {
            ColumnDefinition column = written.columns().get(ordinal);
            if (defaulted.contains(ordinal)) {
                return Targets.defaultValue(column, SqlParserPos.ZERO);
            }
            SqlType type = rows.output().get(first + ordinal).type();
            return type.equals(column.type()) ? place : AssignOperator.to(column.name(), column.type(), place);
        });
        return rules.over(assigned, first);
    }

    private PhysicalPlan generated(PhysicalPlan rows, int first) {
        return replaced(rows, first, (ordinal, place) -> {
            ColumnDefinition column = table.columns().get(ordinal);
            return column.generatedSql()
                    .map(sql -> AssignOperator.to(column.name(), column.type(), parsed(sql)))
                    .orElse(place);
        });
    }

    /** The value of a column of the table, given as it is now. */
    private interface Replacement {
        SqlNode of(int ordinal, SqlNode place);
    }

    private PhysicalPlan replaced(PhysicalPlan rows, int first, Replacement replacement) {
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < rows.output().size(); i++) {
            int ordinal = i - first;
            SqlNode place = place(i, first);
            items.add(ordinal >= 0 && ordinal < table.columns().size() ? replacement.of(ordinal, place) : place);
        }
        return plan(rows, first, items);
    }

    /** The rows, all of which are in the views that check them. */
    PhysicalPlan within(ViewTarget view, PhysicalPlan rows, int first) {
        if (view.checks().isEmpty()) {
            return rows;
        }
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < rows.output().size(); i++) {
            items.add(place(i, first));
        }
        for (int i = 0; i < view.checks().size(); i++) {
            items.add(ifWritten(new SqlIdentifier(List.of(BESIDE, ViewTarget.violated(i)), SqlParserPos.ZERO)));
        }
        return new PhysicalPlan.Check(
                plan(rows, first, items, Optional.of(view)),
                Targets.reference(table),
                first,
                view.checks(),
                true,
                rows.output());
    }

    /** The rows, which begin with the table's columns, with values computed of them behind. */
    PhysicalPlan with(PhysicalPlan rows, List<SqlNode> values) {
        if (values.isEmpty()) {
            return rows;
        }
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < rows.output().size(); i++) {
            items.add(place(i, 0));
        }
        items.addAll(values);
        return plan(rows, 0, items);
    }

    /** The rows of a table, all of whose columns they have, that fulfil a condition of COPY. */
    PhysicalPlan chosen(PhysicalPlan rows, SqlNode condition) {
        refuseQueries(condition, "COPY FROM WHERE conditions");
        for (String name : columns(condition)) {
            table.ordinalOf(name).stream()
                    .mapToObj(table.columns()::get)
                    .filter(ColumnDefinition::isGenerated)
                    .forEach(column -> {
                        throw KadeException.of(
                                        ErrorCode.INVALID_COLUMN_REFERENCE,
                                        "generated columns are not supported in COPY FROM WHERE conditions")
                                .at(Positions.of(condition.getParserPosition()))
                                .detail("Column \"" + name + "\" is a generated column.");
                    });
        }
        List<Field> own = new ArrayList<>();
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Field field = rows.output().get(i);
            own.add(new Field(table.columns().get(i).name(), field.type(), field.nullable()));
            items.add(place(i, 0));
        }
        GivenQuery given = new GivenQuery().with(table.name(), own, Optional.empty());
        SqlSelect query = PlainSelect.of(
                SqlParserPos.ZERO, new SqlNodeList(items, SqlParserPos.ZERO), given.from(SqlParserPos.ZERO));
        query.setWhere(condition);
        return session.planGiven(
                        query, "COPY", true, given.parts(rows.rows(), columns -> Targets.picked(rows, columns)))
                .plan();
    }

    private PhysicalPlan checked(PhysicalPlan rows, int first) {
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < rows.output().size(); i++) {
            items.add(place(i, first));
        }
        for (CheckDefinition check : table.checks()) {
            items.add(ifWritten(
                    SqlStdOperatorTable.IS_FALSE.createCall(SqlParserPos.ZERO, parsed(check.conditionSql()))));
        }
        return new PhysicalPlan.Check(
                plan(rows, first, items),
                Targets.reference(table),
                first,
                table.checks().stream().map(CheckDefinition::name).toList(),
                false,
                rows.output());
    }

    /** A condition for rows that are written: those of MERGE may be deleted, or left alone. */
    private SqlNode ifWritten(SqlNode violated) {
        if (!merging) {
            return violated;
        }
        SqlParserPos pos = SqlParserPos.ZERO;
        SqlNode action = new SqlIdentifier(List.of(BEFORE, "b0"), pos);
        SqlNodeList writing = new SqlNodeList(pos);
        for (int written : new int[] {Modify.INSERT, Modify.UPDATE}) {
            writing.add(SqlStdOperatorTable.EQUALS.createCall(
                    pos, action, SqlLiteral.createExactNumeric(Integer.toString(written), pos)));
        }
        return SqlStdOperatorTable.AND.createCall(pos, SqlStdOperatorTable.OR.createCall(writing), violated);
    }

    static SqlNode parsed(String sql) {
        return new SqlParser().parseExpression(sql).node();
    }

    /** A column of the rows as the query below names it. */
    private SqlNode place(int index, int first) {
        int ordinal = index - first;
        if (ordinal < 0) {
            return new SqlIdentifier(List.of(BEFORE, "b" + index), SqlParserPos.ZERO);
        }
        if (ordinal >= table.columns().size()) {
            return new SqlIdentifier(List.of(BEHIND, "b" + index), SqlParserPos.ZERO);
        }
        return new SqlIdentifier(
                List.of(table.name(), table.columns().get(ordinal).name()), SqlParserPos.ZERO);
    }

    private PhysicalPlan plan(PhysicalPlan rows, int first, List<SqlNode> items) {
        return plan(rows, first, items, Optional.empty());
    }

    /** @param view whose rows are to be seen beside the table's */
    private PhysicalPlan plan(PhysicalPlan rows, int first, List<SqlNode> items, Optional<ViewTarget> view) {
        List<SqlNode> named = new ArrayList<>();
        for (SqlNode item : items) {
            named.add(SqlStdOperatorTable.AS.createCall(
                    SqlParserPos.ZERO, item, new SqlIdentifier("$" + named.size(), SqlParserPos.ZERO)));
        }
        List<Field> fields = rows.output();
        List<Field> own = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Field field = fields.get(first + i);
            own.add(new Field(table.columns().get(i).name(), field.type(), field.nullable()));
        }
        GivenQuery given = new GivenQuery();
        if (first > 0) {
            given.with(BEFORE, numbered(fields, 0, first), Optional.empty());
        }
        given.with(table.name(), own, Optional.empty());
        int behind = first + own.size();
        if (behind < fields.size()) {
            given.with(BEHIND, numbered(fields, behind, fields.size()), Optional.empty());
        }
        if (view.isPresent()) {
            given.with(BESIDE, own, Optional.empty(), part -> view.get().rows(part, ViewTarget.Use.CHECK));
        }
        List<Integer> columns =
                new ArrayList<>(IntStream.range(0, fields.size()).boxed().toList());
        view.ifPresent(beside -> IntStream.range(first, first + own.size()).forEach(columns::add));
        SqlNode query = PlainSelect.of(
                SqlParserPos.ZERO, new SqlNodeList(named, SqlParserPos.ZERO), given.from(SqlParserPos.ZERO));
        return session.planGiven(
                        query,
                        "check constraints",
                        false,
                        given.parts(
                                rows.rows(),
                                wanted -> Targets.picked(
                                        rows, wanted.stream().map(columns::get).toList())))
                .plan();
    }

    private static List<Field> numbered(List<Field> fields, int from, int to) {
        List<Field> numbered = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbered.add(new Field("b" + i, fields.get(i).type(), fields.get(i).nullable()));
        }
        return numbered;
    }

    /** Whether the expression can be stored with the table: its columns exist, it has the type, it asks no other table. */
    SqlType validate(Expression expression, String clause) {
        return validated(expression, clause).columns().getFirst().type();
    }

    /** The expression's plan over no rows. */
    PlanningSession.Planned validated(Expression expression, String clause) {
        SqlNode parsed = parsed(expression.text());
        refuseQueries(parsed, clause);
        List<Field> fields = Targets.fields(table);
        PhysicalPlan none = new PhysicalPlan.Values(List.of(), fields);
        GivenQuery given = new GivenQuery().with(table.name(), fields, Optional.empty());
        SqlNode query = PlainSelect.of(
                SqlParserPos.ZERO, new SqlNodeList(List.of(parsed), SqlParserPos.ZERO), given.from(SqlParserPos.ZERO));
        try {
            return session.planGiven(query, clause, false, given.parts(0, columns -> Targets.picked(none, columns)));
        } catch (KadeException e) {
            throw e.at(Positions.of(expression.node().getParserPosition()));
        }
    }

    /**
     * An expression over a table's columns by their ordinals.
     *
     * @param clause that it stands in, as errors name it
     */
    public static Expr overRow(PlanningSession session, TableDefinition table, String sql, String clause) {
        return overRow(session, table, List.of(parsed(sql)), Optional.empty(), clause);
    }

    /** A condition in the form in which queries have it. */
    public static Expr conditionOfRow(PlanningSession session, TableDefinition table, String sql, String clause) {
        List<SqlNode> all = new ArrayList<>();
        table.columns()
                .forEach(column -> all.add(new SqlIdentifier(List.of(table.name(), column.name()), SqlParserPos.ZERO)));
        return overRow(session, table, all, Optional.of(parsed(sql)), clause);
    }

    private static Expr overRow(
            PlanningSession session,
            TableDefinition table,
            List<SqlNode> items,
            Optional<SqlNode> condition,
            String clause) {
        items.forEach(item -> refuseQueries(item, clause));
        condition.ifPresent(item -> refuseQueries(item, clause));
        List<Field> fields = Targets.fields(table);
        PhysicalPlan none = new PhysicalPlan.Values(List.of(), fields);
        GivenQuery given = new GivenQuery().with(table.name(), fields, Optional.empty());
        SqlSelect query = PlainSelect.of(
                SqlParserPos.ZERO, new SqlNodeList(items, SqlParserPos.ZERO), given.from(SqlParserPos.ZERO));
        condition.ifPresent(query::setWhere);
        List<Integer> read = new ArrayList<>();
        PhysicalPlan plan = session.planGiven(query, clause, false, given.parts(0, columns -> {
                    read.addAll(columns);
                    return Targets.picked(none, columns);
                }))
                .plan();
        Expr value = switch (plan) {
            case PhysicalPlan.Filter filter when condition.isPresent() -> filter.condition();
            case PhysicalPlan.Project(PhysicalPlan.Filter filter, var expressions, var output)
            when condition.isPresent() -> filter.condition();
            case PhysicalPlan.Project(PhysicalPlan input, var expressions, var output)
            when condition.isEmpty() && !(input instanceof PhysicalPlan.Values && read.isEmpty()) ->
                expressions.getFirst();
            default ->
                throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, clause + " that do not depend on the row are not supported");
        };
        return Canonical.of(value, read::get);
    }

    /** Checks the condition of a CHECK constraint. */
    void validateCheck(Expression condition) {
        SqlType type = validate(condition, "check constraints");
        if (type.id() != TypeId.BOOLEAN && type.id() != TypeId.NULL) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH, "argument of CHECK must be type boolean, not type " + type)
                    .at(Positions.of(condition.node().getParserPosition()));
        }
    }

    private static void refuseQueries(SqlNode expression, String clause) {
        expression.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    throw KadeException.of(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "cannot use subquery in "
                                            + (clause.endsWith("s")
                                                    ? clause.substring(0, clause.length() - 1)
                                                    : clause))
                            .at(Positions.of(call.getParserPosition()));
                }
                return super.visit(call);
            }
        });
    }

    /** The columns that an expression names. */
    static Set<String> columns(SqlNode expression) {
        Set<String> names = new LinkedHashSet<>();
        expression.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // visitors without a result return null
            public Void visit(SqlIdentifier name) {
                names.add(name.names.getLast());
                return null;
            }
        });
        return names;
    }
}
