package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Returning;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The names in RETURNING that are not columns of tables: rows as they were and as they are ({@code old.x}, {@code new.x}),
 * and what MERGE did with them. They become columns of hidden tables, which {@code *} does not give.
 */
final class RowImages {
    /** The hidden table with the columns from before the statement. */
    static final String OLD = "$old";

    /** The hidden table with the action of a MERGE. */
    static final String MERGE = "$merge";

    static final String ACTION = "$action";

    private final TableDefinition table;
    private final String alias;
    private final ReturnedRows.Places places;
    private final List<String> visible;

    /** @param visible names of the tables, in the order in which {@code *} gives their columns */
    RowImages(TableDefinition table, String alias, ReturnedRows.Places places, List<String> visible) {
        this.table = table;
        this.alias = alias;
        this.places = places;
        this.visible = List.copyOf(visible);
    }

    /** The hidden table's columns. Their names are no column's, so that a column without a table is not ambiguous. */
    static List<Field> oldFields(TableDefinition table) {
        return table.columns().stream()
                .map(column -> new Field(hidden(column.name()), column.type(), true))
                .toList();
    }

    private static String hidden(String column) {
        return OLD + "." + column;
    }

    /** Whether a row's name is used. */
    static boolean names(Returning returning, String row) {
        boolean[] found = new boolean[1];
        SqlBasicVisitor<@Nullable Void> visitor = new SqlBasicVisitor<>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                found[0] |= id.names.size() == 2 && id.names.getFirst().equals(row);
                return null;
            }
        };
        returning.items().forEach(item -> item.accept(visitor));
        return found[0];
    }

    /** The items with these names, and stars, replaced. */
    List<SqlNode> rewrite(Returning returning) {
        String oldRow = visible.contains(returning.oldRow()) ? "" : returning.oldRow();
        String newRow = visible.contains(returning.newRow()) ? "" : returning.newRow();
        Replacing replacing = new Replacing(oldRow, newRow);
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode item : returning.items()) {
            SqlParserPos pos = item.getParserPosition();
            if (item instanceof SqlIdentifier id && id.isStar()) {
                items.addAll(star(id, oldRow, newRow));
                continue;
            }
            SqlNode replaced = Objects.requireNonNull(item.accept(replacing));
            boolean named = item instanceof SqlIdentifier id
                    && id.names.size() == 2
                    && (id.names.getFirst().equals(oldRow)
                            || id.names.getFirst().equals(newRow));
            if (named) {
                String column = ((SqlIdentifier) item).names.getLast();
                replaced = SqlStdOperatorTable.AS.createCall(pos, replaced, new SqlIdentifier(column, pos));
            } else if (isMergeAction(item)) {
                replaced = SqlStdOperatorTable.AS.createCall(pos, replaced, new SqlIdentifier("merge_action", pos));
            }
            items.add(replaced);
        }
        return items;
    }

    private List<SqlNode> star(SqlIdentifier id, String oldRow, String newRow) {
        SqlParserPos pos = id.getParserPosition();
        List<SqlNode> items = new ArrayList<>();
        if (id.names.size() == 1) {
            for (String name : visible) {
                items.add(SqlIdentifier.star(List.of(name, ""), pos, List.of(pos, pos)));
            }
            return items;
        }
        String row = id.names.getFirst();
        if (!row.equals(oldRow) && !row.equals(newRow)) {
            return List.of(id);
        }
        for (ColumnDefinition column : table.columns()) {
            SqlNode value = row.equals(oldRow) ? old(column, pos) : now(column, pos);
            items.add(SqlStdOperatorTable.AS.createCall(pos, value, new SqlIdentifier(column.name(), pos)));
        }
        return items;
    }

    private SqlNode old(ColumnDefinition column, SqlParserPos pos) {
        return places.before().isPresent()
                ? new SqlIdentifier(List.of(OLD, hidden(column.name())), pos)
                : missing(column, pos);
    }

    private SqlNode now(ColumnDefinition column, SqlParserPos pos) {
        SqlIdentifier current = new SqlIdentifier(List.of(alias, column.name()), pos);
        if (!places.after()) {
            return missing(column, pos);
        }
        return places.action().isEmpty()
                ? current
                : SqlCase.createSwitched(
                        pos,
                        action(pos),
                        SqlNodeList.of(number(Modify.DELETE, pos)),
                        SqlNodeList.of(missing(column, pos)),
                        current);
    }

    private static SqlNode missing(ColumnDefinition column, SqlParserPos pos) {
        return AssignOperator.to(column.name(), column.type(), SqlLiteral.createNull(pos));
    }

    private static SqlIdentifier action(SqlParserPos pos) {
        return new SqlIdentifier(List.of(MERGE, ACTION), pos);
    }

    private static SqlNode number(int value, SqlParserPos pos) {
        return SqlLiteral.createExactNumeric(Integer.toString(value), pos);
    }

    private static boolean isMergeAction(SqlNode node) {
        return node instanceof SqlCall call
                && call.operandCount() == 0
                && call.getOperator().getName().equalsIgnoreCase("merge_action");
    }

    private final class Replacing extends SqlShuttle {
        private final String oldRow;
        private final String newRow;

        Replacing(String oldRow, String newRow) {
            this.oldRow = oldRow;
            this.newRow = newRow;
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier id) {
            if (id.names.size() != 2 || id.isStar()) {
                return id;
            }
            String row = id.names.getFirst();
            if (!row.equals(oldRow) && !row.equals(newRow)) {
                return id;
            }
            String name = id.names.getLast();
            SqlParserPos pos = id.getParserPosition();
            ColumnDefinition column = table.columns()
                    .get(table.ordinalOf(name)
                            .orElseThrow(() -> KadeException.of(
                                            ErrorCode.UNDEFINED_COLUMN,
                                            "column " + row + "." + name + " does not exist")
                                    .at(Positions.of(pos))));
            return row.equals(oldRow) ? old(column, pos) : now(column, pos);
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (!isMergeAction(call)) {
                return super.visit(call);
            }
            SqlParserPos pos = call.getParserPosition();
            if (places.action().isEmpty()) {
                throw KadeException.of(
                                ErrorCode.SYNTAX_ERROR,
                                "MERGE_ACTION() can only be used in the RETURNING list of a MERGE command")
                        .at(Positions.of(pos));
            }
            return SqlCase.createSwitched(
                    pos,
                    action(pos),
                    SqlNodeList.of(number(Modify.INSERT, pos), number(Modify.UPDATE, pos)),
                    SqlNodeList.of(
                            SqlLiteral.createCharString("INSERT", pos), SqlLiteral.createCharString("UPDATE", pos)),
                    SqlLiteral.createCharString("DELETE", pos));
        }
    }
}
