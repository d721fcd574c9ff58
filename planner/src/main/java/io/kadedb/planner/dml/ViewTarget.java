package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.catalog.ViewDefinition.CheckOption;
import io.kadedb.common.catalog.ViewDefinition.UsedColumn;
import io.kadedb.common.catalog.ViewDefinition.UsedRelation;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Assignment;
import io.kadedb.parser.ast.AssignmentTarget;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.SeparateQueries;
import io.kadedb.planner.validate.DeepCopy;
import io.kadedb.planner.validate.KadeTable;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A view whose rows are changed: those of the one table beneath it, maybe by way of other views (PostgreSQL manual, CREATE
 * VIEW, Updatable Views). Its queries are written out over the table, so that names mean in each what they meant when the
 * view was made.
 */
final class ViewTarget {
    /** Names the table's rows within the innermost query. */
    static final String TABLE = "$t";

    private static final SqlParserPos POS = SqlParserPos.ZERO;

    private final TableDefinition table;
    private final List<Level> levels;

    /**
     * A view over what is below it.
     *
     * @param alias of what its query reads
     * @param items one for each of its columns
     */
    private record Level(
            ViewDefinition view, UsedRelation relation, String alias, SqlSelect query, List<SqlNode> items) {
        @Nullable
        SqlNode where() {
            SqlNode condition = query.getWhere();
            return condition == null ? null : copy(condition);
        }
    }

    private ViewTarget(TableDefinition table, List<Level> levels) {
        this.table = table;
        this.levels = List.copyOf(levels);
    }

    /**
     * The view of a name.
     *
     * @param verb of the statement: {@code "insert into"}
     * @return empty if it is not a view's
     * @throws KadeException 55000 if its rows cannot be changed
     */
    static Optional<ViewTarget> find(PlanningSession session, Optional<String> schema, Name name, String verb) {
        return session.catalog().findView(schema, name.text()).map(view -> {
            try {
                return of(session, view, verb);
            } catch (KadeException e) {
                throw e.position().isPresent() ? e : e.at(name.position());
            }
        });
    }

    /**
     * The view of a name whose rows are to be locked.
     *
     * @throws KadeException 0A000 if its rows are not those of one table
     */
    static Optional<ViewTarget> findForLock(PlanningSession session, Optional<String> schema, Name name) {
        try {
            return find(session, schema, name, "update");
        } catch (KadeException e) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "row locks of the rows of view \"" + name.text() + "\" are not supported yet",
                            e)
                    .at(name.position())
                    .detail(e.detail().orElse(null));
        }
    }

    private static ViewTarget of(PlanningSession session, ViewDefinition view, String verb) {
        List<Level> levels = new ArrayList<>();
        ViewDefinition next = view;
        while (true) {
            ViewDefinition current = next;
            SqlNode query = ViewChanges.query(current);
            ViewChanges.reason(query).ifPresent(reason -> {
                throw ViewChanges.refused(current, verb, reason);
            });
            if (current.relations().isEmpty()) {
                throw ViewChanges.refused(current, verb, ViewChanges.NO_TABLE);
            }
            levels.addFirst(level(current, query));
            UsedRelation relation = current.relations().getFirst();
            Optional<TableDefinition> found = session.context().catalog().table(relation);
            if (found.isPresent()) {
                return new ViewTarget(Targets.withSequences(session, found.get()), levels);
            }
            next = session.context()
                    .catalog()
                    .view(relation.id())
                    .orElseThrow(() -> ViewChanges.refused(current, verb, ViewChanges.NO_TABLE));
        }
    }

    private static Level level(ViewDefinition view, SqlNode query) {
        SqlSelect select = (SqlSelect) (query instanceof SqlOrderBy ordered ? ordered.query : query);
        SqlNode from = Objects.requireNonNull(select.getFrom());
        boolean named = from.getKind() == SqlKind.AS;
        SqlIdentifier relation = (SqlIdentifier) (named ? ((SqlCall) from).operand(0) : from);
        String alias = named ? ((SqlIdentifier) ((SqlCall) from).operand(1)).getSimple() : relation.names.getLast();
        boolean renames = named && ((SqlCall) from).operandCount() > 2;
        List<SqlNode> items = new ArrayList<>();
        UsedRelation used = view.relations().getFirst();
        for (SqlNode item : select.getSelectList()) {
            if (item instanceof SqlIdentifier id && id.isStar()) {
                used.columns().forEach(column -> items.add(column(alias, column.name())));
            } else {
                items.add(item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item);
            }
        }
        if (renames
                || view.relations().size() > 1
                || items.size() != view.columns().size()
                || SeparateQueries.hasQuery(select.getWhere())
                || items.stream().anyMatch(SeparateQueries::hasQuery)) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "changing rows through view \"" + view.name() + "\" is not supported yet")
                    .detail("Its query has subqueries, changed stars or other names for columns of its table.")
                    .hint("change the table that the view is over");
        }
        return new Level(view, used, alias, select, items);
    }

    /** The table that is written. */
    TableDefinition table() {
        return table;
    }

    ViewDefinition view() {
        return levels.getLast().view;
    }

    /** The name that the table's columns have beside the view's own. */
    static String hidden(int ordinal) {
        return "$b" + ordinal;
    }

    /** The view's columns, as those of a table. */
    TableDefinition asTable() {
        return table.withPrimaryKey(List.of(), Optional.empty())
                .withIndexes(List.of())
                .withName(view().schema(), view().name())
                .withColumns(view().columns());
    }

    /** The table's column that a column of the view is, under the name that the table has for it. */
    Name base(Name column, String verb) {
        List<ColumnDefinition> columns = view().columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column.text())) {
                return new Name(table.columns().get(origin(i, column, verb)).name(), column.position());
            }
        }
        throw KadeException.of(
                        ErrorCode.UNDEFINED_COLUMN,
                        "column \"" + column.text() + "\" of relation \"" + view().name() + "\" does not exist")
                .at(column.position())
                .hint(Suggestions.hint(
                                column.text(),
                                columns.stream().map(ColumnDefinition::name).toList())
                        .orElse(null));
    }

    AssignmentTarget base(AssignmentTarget target, String verb) {
        return new AssignmentTarget(base(target.column(), verb), target.subscripts());
    }

    /** An assignment of UPDATE with the table's columns. A view's columns have no defaults of their own. */
    Assignment base(Assignment assignment, String verb) {
        List<AssignmentTarget> targets =
                assignment.targets().stream().map(target -> base(target, verb)).toList();
        SqlNode value = assignment.value();
        String first = targets.getFirst().column().text();
        boolean plain = value.getKind() == SqlKind.DEFAULT
                && table.columns().stream()
                        .anyMatch(known -> known.name().equals(first)
                                && !known.isGenerated()
                                && known.identity().isEmpty());
        return new Assignment(targets, plain ? SqlLiteral.createNull(value.getParserPosition()) : value);
    }

    /** The view's first columns under the names that the table has for them. */
    List<AssignmentTarget> bases(int count, Name view, String verb) {
        return view().columns().stream()
                .limit(count)
                .map(column -> AssignmentTarget.of(base(new Name(column.name(), view.position()), verb)))
                .toList();
    }

    private int origin(int column, Name name, String verb) {
        int place = column;
        for (Level level : levels.reversed()) {
            String named = named(level, level.items.get(place));
            Optional<UsedColumn> used = level.relation.columns().stream()
                    .filter(known -> known.name().equals(named))
                    .findFirst();
            if (used.isEmpty()) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "cannot " + verb + " column \"" + name.text() + "\" of view \"" + level.view.name()
                                        + "\"")
                        .at(name.position())
                        .detail("View columns that are not columns of their base relation are not updatable.");
            }
            place = below(level).indexOf(used.get().id());
        }
        return place;
    }

    /** The column that an item is of what the query reads, or null. */
    private static @Nullable String named(Level level, SqlNode item) {
        return item instanceof SqlIdentifier id
                        && (id.isSimple()
                                || (id.names.size() == 2 && id.names.getFirst().equals(level.alias)))
                ? id.names.getLast()
                : null;
    }

    /** The ids of the columns of what a view's query reads, as they are now. */
    private List<Integer> below(Level level) {
        int at = levels.indexOf(level);
        List<ColumnDefinition> columns =
                at == 0 ? table.columns() : levels.get(at - 1).view.columns();
        return columns.stream().map(ColumnDefinition::id).toList();
    }

    /** What rows are for. */
    enum Use {
        /** To be changed: with the row id and the table's columns, without rows that are not in the view. */
        CHANGE(true, true),
        /** To be read beside others: with the row id and the table's columns, all rows. */
        PAIR(true, true),
        /** To be inserted: with the table's columns. */
        GIVEN(false, true),
        /** To be given back: the view's columns. */
        RETURN(false, false),
        /** To be checked: a boolean for each view that checks, true where a row is not in it. */
        CHECK(false, false);

        private final boolean rowId;
        private final boolean hidden;

        Use(boolean rowId, boolean hidden) {
            this.rowId = rowId;
            this.hidden = hidden;
        }
    }

    /**
     * The rows of the view.
     *
     * @param source gives the table's columns
     */
    SqlNode rows(SqlNode source, Use use) {
        List<SqlNode> items = new ArrayList<>();
        if (use.rowId) {
            items.add(column(TABLE, KadeTable.ROW_ID));
        }
        for (int i = 0; use.hidden && i < table.columns().size(); i++) {
            items.add(as(column(TABLE, table.columns().get(i).name()), hidden(i)));
        }
        List<Integer> ids = table.columns().stream().map(ColumnDefinition::id).toList();
        for (UsedColumn used : levels.getFirst().relation.columns()) {
            int place = ids.indexOf(used.id());
            if (place >= 0) {
                items.add(as(column(TABLE, table.columns().get(place).name()), used.name()));
            }
        }
        SqlNode rows = PlainSelect.of(POS, new SqlNodeList(items, POS), as(source, TABLE));
        List<Level> checking = use == Use.CHECK ? checking() : List.of();
        for (int i = 0; i < levels.size(); i++) {
            rows = level(rows, i, use, checking);
        }
        return rows;
    }

    private SqlNode level(SqlNode below, int index, Use use, List<Level> checking) {
        Level level = levels.get(index);
        List<SqlNode> items = new ArrayList<>();
        if (use.rowId) {
            items.add(column(level.alias, KadeTable.ROW_ID));
        }
        for (int i = 0; use.hidden && i < table.columns().size(); i++) {
            items.add(column(level.alias, hidden(i)));
        }
        for (int i = 0; i < checking.size() && levels.indexOf(checking.get(i)) < index; i++) {
            items.add(column(level.alias, violated(i)));
        }
        if (checking.contains(level)) {
            SqlNode outside = SqlStdOperatorTable.IS_NOT_TRUE.createCall(POS, Objects.requireNonNull(level.where()));
            items.add(as(outside, violated(checking.indexOf(level))));
        }
        for (int i = 0; i < level.items.size(); i++) {
            ColumnDefinition column = level.view.columns().get(i);
            if (index == levels.size() - 1) {
                items.add(as(copy(level.items.get(i)), column.name()));
                continue;
            }
            for (UsedColumn used : levels.get(index + 1).relation.columns()) {
                if (used.id() == column.id()) {
                    items.add(as(copy(level.items.get(i)), used.name()));
                }
            }
        }
        SqlSelect select = PlainSelect.of(POS, new SqlNodeList(items, POS), as(below, level.alias));
        if (use == Use.CHANGE) {
            select.setWhere(level.where());
        }
        return select;
    }

    /** The name of the column that tells whether a row is not in a view that checks. */
    static String violated(int index) {
        return "$v" + index;
    }

    /** The names of the views that check rows, the innermost first. */
    List<String> checks() {
        return checking().stream().map(level -> level.view.name()).toList();
    }

    private List<Level> checking() {
        List<Level> checking = new ArrayList<>();
        boolean cascaded = false;
        for (Level level : levels.reversed()) {
            Optional<CheckOption> option = level.view.checkOption();
            cascaded |= option.equals(Optional.of(CheckOption.CASCADED));
            if ((cascaded || option.isPresent()) && level.query.getWhere() != null) {
                checking.addFirst(level);
            }
        }
        return checking;
    }

    private static SqlNode copy(SqlNode node) {
        return Objects.requireNonNull(node.accept(new DeepCopy()));
    }

    private static SqlIdentifier column(String table, String name) {
        return new SqlIdentifier(List.of(table, name), POS);
    }

    static SqlNode as(SqlNode node, String name) {
        return SqlStdOperatorTable.AS.createCall(POS, node, new SqlIdentifier(name, POS));
    }
}
