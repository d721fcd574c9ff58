package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.AssignmentTarget;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.Subscripts;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.functions.AssignOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Values for elements and slices of arrays: {@code SET a[2] = 5}, {@code INSERT INTO t (a[1], a[2])}. */
final class ArrayPlaces {
    private static final String SOURCE = "$places";

    private final PlanningSession session;
    private final TableDefinition table;

    ArrayPlaces(PlanningSession session, TableDefinition table) {
        this.session = session;
        this.table = table;
    }

    /** The array with a value at the target's place. */
    static SqlNode put(ColumnDefinition column, SqlNode array, AssignmentTarget target, SqlNode value) {
        Subscripts subscripts = target.subscripts().orElseThrow();
        if (!column.type().isArray()) {
            throw unsupported(column, target);
        }
        if (value.getKind() == SqlKind.DEFAULT) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "cannot set an array element to DEFAULT")
                    .at(target.column().position());
        }
        SqlType type = subscripts.slice() ? column.type() : column.type().element();
        SqlParserPos pos = value.getParserPosition();
        List<SqlNode> operands = new ArrayList<>();
        operands.add(array);
        operands.add(SqlLiteral.createCharString((subscripts.slice() ? "s" : "e") + subscripts.bounds(), pos));
        operands.addAll(subscripts.values());
        operands.add(AssignOperator.to(column.name(), type, value));
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(KadeOperators.PUT, pos),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(pos, operands);
    }

    private static KadeException unsupported(ColumnDefinition column, AssignmentTarget target) {
        return column.type().isJson()
                ? KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "assignment to parts of documents is not supported yet")
                        .at(target.column().position())
                        .hint("use jsonb_set")
                : KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "cannot subscript type " + column.type() + " because it does not support subscripting")
                        .at(target.column().position());
    }

    /** An INSERT whose targets are columns: arrays are put together from the values for their places. */
    Statement.Insert wholeColumns(Statement.Insert insert) {
        if (insert.source().isEmpty()
                || insert.targets().stream()
                        .allMatch(target -> target.subscripts().isEmpty())) {
            return insert;
        }
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < insert.targets().size(); i++) {
            AssignmentTarget target = insert.targets().get(i);
            List<Integer> known = places.computeIfAbsent(target.column().text(), column -> new ArrayList<>());
            if (!known.isEmpty()
                    && (target.subscripts().isEmpty()
                            || insert.targets()
                                    .get(known.getFirst())
                                    .subscripts()
                                    .isEmpty())) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN,
                                "column \"" + target.column().text() + "\" specified more than once")
                        .at(target.column().position());
            }
            known.add(i);
        }
        List<AssignmentTarget> columns = places.values().stream()
                .map(list -> AssignmentTarget.of(
                        insert.targets().get(list.getFirst()).column()))
                .toList();
        SqlNode source = insert.source().get();
        return insert.with(
                columns,
                Optional.of(
                        source.getKind() == SqlKind.VALUES
                                ? rows((SqlCall) source, insert, places)
                                : query(source, insert, places)));
    }

    private SqlNode rows(SqlCall values, Statement.Insert insert, Map<String, List<Integer>> places) {
        List<SqlNode> rows = new ArrayList<>();
        for (SqlNode row : values.getOperandList()) {
            List<SqlNode> items = ((SqlCall) row).getOperandList();
            checkWidth(items.size(), insert, row);
            rows.add(SqlStdOperatorTable.ROW.createCall(row.getParserPosition(), composed(items, insert, places)));
        }
        return SqlStdOperatorTable.VALUES.createCall(values.getParserPosition(), rows);
    }

    private SqlNode query(SqlNode source, Statement.Insert insert, Map<String, List<Integer>> places) {
        int width = session.columns(source).size();
        checkWidth(width, insert, source);
        SqlParserPos pos = source.getParserPosition();
        List<SqlNode> alias = new ArrayList<>(List.of(source, new SqlIdentifier(SOURCE, pos)));
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            alias.add(new SqlIdentifier("c" + i, pos));
            items.add(new SqlIdentifier(List.of(SOURCE, "c" + i), pos));
        }
        List<SqlNode> named = new ArrayList<>();
        composed(items, insert, places)
                .forEach(item -> named.add(
                        SqlStdOperatorTable.AS.createCall(pos, item, new SqlIdentifier("$" + named.size(), pos))));
        return PlainSelect.of(pos, new SqlNodeList(named, pos), SqlStdOperatorTable.AS.createCall(pos, alias));
    }

    private static void checkWidth(int width, Statement.Insert insert, SqlNode at) {
        if (width != insert.targets().size()) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            width > insert.targets().size()
                                    ? "INSERT has more expressions than target columns"
                                    : "INSERT has more target columns than expressions")
                    .at(Positions.of(at.getParserPosition()));
        }
    }

    private List<SqlNode> composed(List<SqlNode> items, Statement.Insert insert, Map<String, List<Integer>> places) {
        List<SqlNode> composed = new ArrayList<>();
        for (List<Integer> list : places.values()) {
            AssignmentTarget first = insert.targets().get(list.getFirst());
            if (first.subscripts().isEmpty()) {
                composed.add(items.get(list.getFirst()));
                continue;
            }
            ColumnDefinition column = table.columns().get(Targets.column(table, first.column()));
            SqlParserPos pos = items.get(list.getFirst()).getParserPosition();
            SqlNode array = AssignOperator.to(column.name(), column.type(), SqlLiteral.createNull(pos));
            for (int place : list) {
                array = put(column, array, insert.targets().get(place), items.get(place));
            }
            composed.add(array);
        }
        return composed;
    }
}
