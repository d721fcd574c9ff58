package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Assignment;
import io.kadedb.parser.ast.AssignmentTarget;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.validate.DeepCopy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** SET: the new values of columns, converted to their types. */
final class Assignments {
    private static final String ROW = "$row";

    private Assignments() {}

    /**
     * The values by the column's ordinal.
     *
     * @param current gives a column's value before
     */
    static SortedMap<Integer, SqlNode> of(
            TableDefinition table, IntFunction<SqlNode> current, List<Assignment> assignments) {
        SortedMap<Integer, SqlNode> values = new TreeMap<>();
        Set<Integer> partly = new HashSet<>();
        for (Assignment assignment : assignments) {
            List<AssignmentTarget> targets = assignment.targets();
            checkWidth(targets, assignment.value());
            for (int i = 0; i < targets.size(); i++) {
                Name name = targets.get(i).column();
                int ordinal = Targets.column(table, name);
                ColumnDefinition column = table.columns().get(ordinal);
                SqlNode value =
                        targets.size() == 1 ? assignment.value() : columnOf(assignment.value(), i, targets.size());
                GivenValues.checkSet(
                        column, assignment.value(), assignment.value().getParserPosition());
                boolean part = targets.get(i).subscripts().isPresent();
                if (part ? values.containsKey(ordinal) && !partly.contains(ordinal) : values.containsKey(ordinal)) {
                    throw KadeException.of(
                                    ErrorCode.SYNTAX_ERROR,
                                    "multiple assignments to same column \"" + name.text() + "\"")
                            .at(name.position());
                }
                if (part) {
                    partly.add(ordinal);
                    SqlNode before = values.containsKey(ordinal) ? values.get(ordinal) : current.apply(ordinal);
                    values.put(ordinal, ArrayPlaces.put(column, before, targets.get(i), value));
                } else {
                    values.put(ordinal, value(column, value));
                }
            }
        }
        return values;
    }

    /** The columns of a table under an alias. */
    static IntFunction<SqlNode> columns(TableDefinition table, String alias, SqlParserPos pos) {
        return ordinal ->
                new SqlIdentifier(List.of(alias, table.columns().get(ordinal).name()), pos);
    }

    /** The columns that are changed. */
    static List<Integer> columns(TableDefinition table, List<Assignment> assignments) {
        return assignments.stream()
                .flatMap(assignment -> assignment.targets().stream())
                .map(target -> Targets.column(table, target.column()))
                .distinct()
                .toList();
    }

    /** A value as it is stored into a column. */
    static SqlNode value(ColumnDefinition column, SqlNode value) {
        return value.getKind() == SqlKind.DEFAULT
                ? Targets.defaultValue(column, value.getParserPosition())
                : AssignOperator.to(column.name(), column.type(), value);
    }

    /** Fails early where the number of a query's columns can be seen. */
    private static void checkWidth(List<AssignmentTarget> columns, SqlNode value) {
        if (columns.size() > 1
                && value instanceof SqlSelect select
                && select.getSelectList().stream().noneMatch(item -> item instanceof SqlIdentifier id && id.isStar())
                && select.getSelectList().size() != columns.size()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "number of columns does not match number of values")
                    .at(columns.getFirst().column().position());
        }
    }

    /** One column of the only row of a query. Validation changes trees, so each column has a copy of the query. */
    private static SqlNode columnOf(SqlNode query, int column, int columns) {
        SqlParserPos pos = query.getParserPosition();
        List<SqlNode> alias = new ArrayList<>();
        alias.add(Objects.requireNonNull(query.accept(new DeepCopy())));
        alias.add(new SqlIdentifier(ROW, pos));
        for (int i = 0; i < columns; i++) {
            alias.add(new SqlIdentifier("c" + i, pos));
        }
        return PlainSelect.of(
                pos,
                new SqlNodeList(List.of(new SqlIdentifier(List.of(ROW, "c" + column), pos)), pos),
                SqlStdOperatorTable.AS.createCall(pos, alias));
    }
}
