package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Functions of a select list that give rows: {@code SELECT a, unnest(b) FROM t} is {@code SELECT a, s.c FROM t, LATERAL
 * unnest(b) AS s(c)}. Several are gone through side by side; those within others first, for each of whose rows the others
 * give theirs (PostgreSQL manual, 38.5.9).
 */
final class RowFunctions {
    private static final Set<String> NAMES = Set.of(
            "unnest",
            "generate_series",
            "generate_subscripts",
            "string_to_table",
            "regexp_split_to_table",
            "regexp_matches",
            "json_array_elements",
            "jsonb_array_elements",
            "json_array_elements_text",
            "jsonb_array_elements_text",
            "jsonb_path_query",
            "jsonb_path_query_tz",
            "json_object_keys",
            "jsonb_object_keys");

    private static final String NUMBER = "$n";

    /** Those without others within them, then those with such ones, and so on. */
    private final List<List<SqlCall>> levels = new ArrayList<>();

    private final SqlNodeList items;

    RowFunctions(SqlNodeList given) {
        if (given.stream().noneMatch(RowFunctions::hasAny)) {
            items = given;
            return;
        }
        SqlNodeList replaced = new SqlNodeList(given.getParserPosition());
        for (SqlNode item : given) {
            SqlNode value = Objects.requireNonNull(item.accept(new Replacement()));
            replaced.add(
                    isRows(item)
                            ? SqlStdOperatorTable.AS.createCall(
                                    item.getParserPosition(),
                                    value,
                                    new SqlIdentifier(name((SqlCall) item), item.getParserPosition()))
                            : value);
        }
        items = replaced;
    }

    /** The select list with columns in the place of the functions. */
    SqlNodeList items() {
        return items;
    }

    /** The tables, with the functions' rows behind them. */
    @Nullable
    SqlNode from(@Nullable SqlNode tables) {
        SqlNode from = tables;
        for (int level = 0; level < levels.size(); level++) {
            SqlNode rows = new Level(level, levels.get(level)).rows();
            SqlParserPos pos = rows.getParserPosition();
            from = from == null
                    ? rows
                    : new SqlJoin(
                            pos,
                            from,
                            SqlLiteral.createBoolean(false, pos),
                            JoinType.COMMA.symbol(pos),
                            rows,
                            JoinConditionType.NONE.symbol(pos),
                            null);
        }
        return from;
    }

    private static boolean isRows(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator() instanceof SqlFunction && NAMES.contains(name(call));
    }

    private static String name(SqlCall call) {
        return call.getOperator().getName();
    }

    private static boolean hasAny(@Nullable SqlNode node) {
        return (node != null && isRows(node))
                || (node instanceof SqlCall call
                        && !ExpressionBuilder.isQuery(call)
                        && call.getOperandList().stream().anyMatch(RowFunctions::hasAny))
                || (node instanceof SqlNodeList list && list.stream().anyMatch(RowFunctions::hasAny));
    }

    private final class Replacement extends SqlShuttle {
        /** The highest level of the functions met within the one that is being replaced. */
        private int within = -1;

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (isRows(call)) {
                return column(call);
            }
            if (ExpressionBuilder.isQuery(call)) {
                return call;
            }
            if ((call.getKind() == SqlKind.CASE || name(call).equalsIgnoreCase("coalesce")) && hasAny(call)) {
                throw refused(call, "in " + name(call).toUpperCase(Locale.ROOT));
            }
            return super.visit(call);
        }

        private SqlNode column(SqlCall call) {
            int beside = within;
            within = -1;
            SqlCall replaced = (SqlCall) Objects.requireNonNull(super.visit(call));
            int level = within + 1;
            within = Math.max(beside, level);
            while (levels.size() <= level) {
                levels.add(new ArrayList<>());
            }
            List<SqlCall> calls = levels.get(level);
            calls.add(replaced);
            return new SqlIdentifier(List.of(table(level), "c" + (calls.size() - 1)), call.getParserPosition());
        }

        private KadeException refused(SqlNode node, String where) {
            return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "set-returning functions are not allowed " + where)
                    .at(Positions.of(node.getParserPosition()))
                    .hint("you might be able to move the set-returning function into a LATERAL FROM item");
        }
    }

    private static String table(int level) {
        return level == 0 ? KadeOperators.ROWS : KadeOperators.ROWS + "_" + level;
    }

    /** Functions whose rows are gone through side by side. */
    private record Level(int level, List<SqlCall> calls) {
        SqlNode rows() {
            SqlParserPos pos = calls.getFirst().getParserPosition();
            boolean arrays = calls.stream().allMatch(call -> name(call).equals("unnest") && call.operandCount() == 1);
            List<SqlNode> alias = new ArrayList<>();
            alias.add(
                    calls.size() == 1 || arrays
                            ? SqlStdOperatorTable.LATERAL.createCall(
                                    pos, SqlStdOperatorTable.COLLECTION_TABLE.createCall(pos, together()))
                            : SqlStdOperatorTable.LATERAL.createCall(pos, sideBySide(pos)));
            alias.add(new SqlIdentifier(table(level), pos));
            for (int i = 0; i < calls.size(); i++) {
                alias.add(new SqlIdentifier("c" + i, pos));
            }
            return SqlStdOperatorTable.AS.createCall(pos, alias);
        }

        /** The only call, or one of unnest with all their arrays. */
        private SqlCall together() {
            SqlCall first = calls.getFirst();
            return first.getOperator()
                    .createCall(
                            first.getParserPosition(),
                            calls.stream()
                                    .flatMap(call -> call.getOperandList().stream())
                                    .toList());
        }

        /** The functions' rows joined by their numbers: those that end first go on with NULLs. */
        private SqlNode sideBySide(SqlParserPos pos) {
            List<SqlNode> columns = new ArrayList<>();
            SqlNode joined = numbered(0);
            SqlNode number = number(0);
            columns.add(column(0));
            for (int i = 1; i < calls.size(); i++) {
                SqlNode condition = SqlStdOperatorTable.EQUALS.createCall(pos, number, number(i));
                joined = new SqlJoin(
                        pos,
                        joined,
                        SqlLiteral.createBoolean(false, pos),
                        JoinType.FULL.symbol(pos),
                        numbered(i),
                        JoinConditionType.ON.symbol(pos),
                        condition);
                List<SqlNode> numbers = IntStream.rangeClosed(0, i)
                        .<SqlNode>mapToObj(this::number)
                        .toList();
                number = SqlStdOperatorTable.COALESCE.createCall(pos, numbers);
                columns.add(column(i));
            }
            return PlainSelect.of(pos, new SqlNodeList(columns, pos), joined);
        }

        private SqlNode numbered(int index) {
            SqlCall call = calls.get(index);
            SqlParserPos pos = call.getParserPosition();
            SqlNode counted = new SqlUnresolvedFunction(
                            new SqlIdentifier(KadeOperators.ordinality(name(call)), pos),
                            null,
                            null,
                            null,
                            null,
                            SqlFunctionCategory.USER_DEFINED_FUNCTION)
                    .createCall(pos, call.getOperandList());
            return SqlStdOperatorTable.AS.createCall(
                    pos,
                    SqlStdOperatorTable.LATERAL.createCall(
                            pos, SqlStdOperatorTable.COLLECTION_TABLE.createCall(pos, counted)),
                    new SqlIdentifier(KadeOperators.ROWS + index, pos),
                    new SqlIdentifier("c" + index, pos),
                    new SqlIdentifier(NUMBER, pos));
        }

        private SqlIdentifier column(int index) {
            return new SqlIdentifier(
                    List.of(KadeOperators.ROWS + index, "c" + index),
                    calls.get(index).getParserPosition());
        }

        private SqlIdentifier number(int index) {
            return new SqlIdentifier(
                    List.of(KadeOperators.ROWS + index, NUMBER),
                    calls.get(index).getParserPosition());
        }
    }
}
