package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** ORDER BY of queries whose rows are those of no FROM: only the columns of the result are there to sort by. */
final class ResultOrder {
    private ResultOrder() {}

    /**
     * Refuses expressions over a set operation.
     *
     * @throws KadeException 0A000, as PostgreSQL
     */
    static void check(SqlNode body, SqlNodeList order) {
        if (!body.isA(SqlKind.SET_QUERY)) {
            return;
        }
        for (SqlNode key : order) {
            SqlNode value = value(key);
            boolean column =
                    value instanceof SqlIdentifier || value instanceof SqlLiteral || KadeOperators.isAllColumns(value);
            if (!column && !isNumber(value)) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause")
                        .at(Positions.of(value.getParserPosition()))
                        .detail("Only result column names can be used, not expressions or functions.")
                        .hint("add the expression to every SELECT, or move the set operation into FROM");
            }
        }
    }

    private static boolean isNumber(SqlNode value) {
        return value.getKind() == SqlKind.MINUS_PREFIX && ((SqlCall) value).operand(0) instanceof SqlNumericLiteral;
    }

    /**
     * The body within a query of its own, where it is DISTINCT, has window functions, and is sorted by its results:
     * Calcite would sort by the functions again, and miss what they are over.
     *
     * @param order whose expressions become positions in the select list
     */
    static SqlNode above(SqlNode body, SqlNodeList order) {
        if (!(body instanceof SqlSelect select) || !select.isDistinct() || order.isEmpty() || !hasWindows(select)) {
            return body;
        }
        for (SqlNode key : order) {
            if (position(value(key), select) == 0) {
                return body;
            }
        }
        order.replaceAll(key -> placed(key, select));
        SqlParserPos pos = body.getParserPosition();
        return PlainSelect.of(pos, new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos), body);
    }

    /**
     * The keys by the names of the result's columns.
     *
     * @throws KadeException 0A000 for a key that is no column with a name
     */
    static SqlNodeList names(SqlNode body, SqlNodeList order, String clause) {
        SqlNode first = body;
        while (first instanceof SqlBasicCall set && set.isA(SqlKind.SET_QUERY)) {
            first = set.operand(0);
        }
        List<SqlNode> names = new ArrayList<>();
        for (SqlNode key : order) {
            names.add(named(key, first, clause));
        }
        return new SqlNodeList(names, order.getParserPosition());
    }

    private static SqlNode named(SqlNode key, SqlNode first, String clause) {
        if (isDirection(key)) {
            SqlCall call = (SqlCall) key;
            return call.getOperator().createCall(call.getParserPosition(), named(call.operand(0), first, clause));
        }
        int position = first instanceof SqlSelect select ? position(key, select) : 0;
        if (position > 0) {
            SqlNode item = ((SqlSelect) first).getSelectList().get(position - 1);
            SqlNode name = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
            if (name instanceof SqlIdentifier id) {
                return new SqlIdentifier(id.names.getLast(), key.getParserPosition());
            }
        } else if (key instanceof SqlIdentifier id && id.isSimple()) {
            return id;
        }
        throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        clause + " of set operations, VALUES and DISTINCT is only supported by columns with names")
                .at(Positions.of(key.getParserPosition()))
                .hint("name the column, and sort by its name");
    }

    private static SqlNode placed(@Nullable SqlNode key, SqlSelect select) {
        if (key instanceof SqlCall call && isDirection(call)) {
            return call.getOperator().createCall(call.getParserPosition(), placed(call.operand(0), select));
        }
        SqlNode value = Objects.requireNonNull(key);
        return SqlLiteral.createExactNumeric(Integer.toString(position(value, select)), value.getParserPosition());
    }

    /** Of the select item that a key means, from 1; 0 if there is none. */
    private static int position(SqlNode key, SqlSelect select) {
        SqlNodeList items = select.getSelectList();
        if (key instanceof SqlNumericLiteral number && number.isInteger()) {
            int place = number.getValueAs(BigDecimal.class).intValue();
            return place <= items.size() && !hasStar(items) ? Math.max(0, place) : 0;
        }
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            if (item instanceof SqlIdentifier name && name.isStar()) {
                return 0;
            }
            boolean named = key instanceof SqlIdentifier id
                    && id.isSimple()
                    && item.getKind() == SqlKind.AS
                    && ((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple().equals(id.getSimple());
            if (named || SqlUtil.stripAs(item).equalsDeep(key, Litmus.IGNORE)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean hasStar(SqlNodeList items) {
        return items.stream().anyMatch(item -> item instanceof SqlIdentifier name && name.isStar());
    }

    private static SqlNode value(SqlNode key) {
        return isDirection(key) ? value(((SqlCall) key).operand(0)) : key;
    }

    private static boolean isDirection(SqlNode key) {
        return key.getKind() == SqlKind.DESCENDING
                || key.getKind() == SqlKind.NULLS_FIRST
                || key.getKind() == SqlKind.NULLS_LAST;
    }

    private static boolean hasWindows(SqlSelect select) {
        boolean[] found = {false};
        select.getSelectList().accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                found[0] |= call.getKind() == SqlKind.OVER;
                return found[0] || call.isA(SqlKind.QUERY) ? null : super.visit(call);
            }
        });
        return found[0];
    }
}
