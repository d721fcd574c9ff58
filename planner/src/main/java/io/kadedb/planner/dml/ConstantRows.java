package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.lower.ConstantValues;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Rows of VALUES that hold only constants and parameters, without Calcite: the direct way of most INSERTs. */
final class ConstantRows {
    private final PlanningSession session;
    private final ConstantValues constants;

    ConstantRows(PlanningSession session) {
        this.session = session;
        this.constants = new ConstantValues(session.context().timeZone());
    }

    /**
     * The rows for the columns of a table, or empty when an expression needs the validator.
     *
     * @param places for each column of the table, its place in the rows; -1 takes the default
     */
    Optional<List<List<Expr>>> rows(List<SqlNode> rows, List<ColumnDefinition> columns, int[] places) {
        List<@Nullable Expr> defaults = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int place = places[i];
            boolean used = rows.stream().anyMatch(row -> isOmitted((SqlCall) row, place));
            defaults.add(used ? defaultValue(columns.get(i)) : null);
        }
        List<List<Expr>> tuples = new ArrayList<>(rows.size());
        for (SqlNode row : rows) {
            List<SqlNode> items = ((SqlCall) row).getOperandList();
            List<Expr> tuple = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                boolean omitted = isOmitted((SqlCall) row, places[i]);
                Expr value = omitted
                        ? defaults.get(i)
                        : value(items.get(places[i]), columns.get(i)).orElse(null);
                if (value == null) {
                    return Optional.empty();
                }
                tuple.add(value);
            }
            tuples.add(tuple);
        }
        return Optional.of(tuples);
    }

    private static boolean isOmitted(SqlCall row, int place) {
        return place < 0 || row.operand(place).getKind() == SqlKind.DEFAULT;
    }

    /** A constant, or what a row computes once. */
    private @Nullable Expr defaultValue(ColumnDefinition column) {
        if (column.defaultSql().isEmpty()) {
            return new Expr.Literal(null, target(column));
        }
        SqlCall call = (SqlCall) Targets.defaultValue(column, SqlParserPos.ZERO);
        return value(call.operand(0), column)
                .or(() -> Targets.computed(session, call))
                .orElse(null);
    }

    private static SqlType target(ColumnDefinition column) {
        return column.type().isText() ? SqlType.TEXT : column.type();
    }

    private Optional<Expr> value(SqlNode node, ColumnDefinition column) {
        SqlType target = target(column);
        if (node instanceof SqlDynamicParam parameter) {
            SqlType type = session.parameter(parameter.getIndex(), target);
            return type.equals(target)
                    ? Optional.of(new Expr.Parameter(parameter.getIndex(), target))
                    : Optional.empty();
        }
        Optional<Expr.Literal> literal = constants.of(node);
        if (literal.isEmpty()) {
            return Optional.empty();
        }
        boolean quoted = ConstantValues.isQuoted(node);
        if (!quoted
                && literal.get().value() != null
                && !TypeRules.assignable(literal.get().type(), target)) {
            throw AssignOperator.mismatch(
                            column.name(), column.type(), literal.get().type())
                    .at(Positions.of(node.getParserPosition()));
        }
        return Optional.of(constants.cast(literal.get(), target));
    }
}
