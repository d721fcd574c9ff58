package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** Says with QUALIFY what DISTINCT ON and FETCH .. WITH TIES mean: the first row of each group, the rows up to a rank. */
final class TopRows {
    private final AstBuilder ast;

    TopRows(AstBuilder ast) {
        this.ast = ast;
    }

    /** A query and what it is sorted by. */
    record Sorted(SqlNode query, SqlNodeList order) {}

    /** Keeps the first row, in the order, of those with equal values. */
    Sorted distinctOn(SqlSelect select, SqlNodeList values, SqlNodeList order) {
        SqlParserPos pos = values.getParserPosition();
        SqlNodeList keys = allResolved(values, select);
        SqlNodeList by = allResolved(order, select);
        checkPrefix(keys, by);
        if (select.getQualify() == null && !hasWindows(keys) && !hasWindows(by)) {
            select.setQualify(first(keys, by, pos));
            return new Sorted(select, order);
        }
        ComputedOrder computed = new ComputedOrder(select);
        SqlNodeList partition = computed.columns(keys);
        SqlNodeList sorted = computed.columns(by);
        SqlSelect around = computed.around();
        around.setQualify(first(partition, copies(sorted), pos));
        return new Sorted(around, sorted);
    }

    private SqlNode first(SqlNodeList keys, SqlNodeList by, SqlParserPos pos) {
        SqlNode number = over("row_number", keys, by, pos);
        return SqlStdOperatorTable.EQUALS.createCall(pos, number, SqlLiteral.createExactNumeric("1", pos));
    }

    /** Keeps the rows up to the last one wanted, and its peers; the offset is left out later. */
    Sorted withTies(SqlNode body, SqlNodeList order, SqlNode fetch, @Nullable SqlNode offset) {
        SqlParserPos pos = fetch.getParserPosition();
        if (order.isEmpty()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "WITH TIES cannot be specified without ORDER BY clause")
                    .at(Positions.of(pos));
        }
        SqlNode last = offset == null ? fetch : SqlStdOperatorTable.PLUS.createCall(pos, fetch, offset);
        if (!(body instanceof SqlSelect select) || select.isDistinct()) {
            SqlNodeList names = ResultOrder.names(body, order, "WITH TIES");
            SqlSelect all = ComputedOrder.all(body);
            all.setQualify(upTo(last, copies(names), pos));
            return new Sorted(all, names);
        }
        SqlNodeList by = allResolved(order, select);
        if (select.getQualify() == null && !hasWindows(by)) {
            select.setQualify(upTo(last, by, pos));
            return new Sorted(select, order);
        }
        ComputedOrder computed = new ComputedOrder(select);
        SqlNodeList sorted = computed.columns(by);
        SqlSelect around = computed.around();
        around.setQualify(upTo(last, copies(sorted), pos));
        return new Sorted(around, sorted);
    }

    private SqlNode upTo(SqlNode last, SqlNodeList by, SqlParserPos pos) {
        return SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(pos, over("rank", SqlNodeList.EMPTY, by, pos), last);
    }

    private static SqlNodeList copies(SqlNodeList nodes) {
        return new SqlNodeList(nodes.stream().map(TopRows::copy).toList(), nodes.getParserPosition());
    }

    /** Whether a key is a window function, or has one in it: what is said by a window function cannot be about another. */
    private static boolean hasWindows(SqlNodeList order) {
        boolean[] found = {false};
        order.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                found[0] |= call.getKind() == SqlKind.OVER;
                return call.getKind() == SqlKind.SCALAR_QUERY || call instanceof SqlSelect ? call : super.visit(call);
            }
        });
        return found[0];
    }

    private SqlNode over(String function, SqlNodeList partition, SqlNodeList order, SqlParserPos pos) {
        SqlWindow window = SqlWindow.create(
                null, null, partition, order, SqlLiteral.createBoolean(false, pos), null, null, null, pos);
        return SqlStdOperatorTable.OVER.createCall(pos, ast.functions.named(function, pos), window);
    }

    /** ORDER BY must begin with the expressions of DISTINCT ON, in any order. */
    private static void checkPrefix(SqlNodeList keys, SqlNodeList order) {
        List<SqlNode> missing = new ArrayList<>(keys.getList());
        for (SqlNode item : order) {
            SqlNode value = item;
            while (isDirection(value)) {
                value = ((SqlCall) value).operand(0);
            }
            SqlNode sorted = value;
            boolean isKey = keys.stream().anyMatch(key -> key.equalsDeep(sorted, Litmus.IGNORE));
            if (!isKey && !missing.isEmpty()) {
                throw KadeException.of(
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "SELECT DISTINCT ON expressions must match initial ORDER BY expressions")
                        .at(Positions.of(item.getParserPosition()));
            }
            missing.removeIf(key -> key.equalsDeep(sorted, Litmus.IGNORE));
        }
    }

    static boolean isDirection(SqlNode node) {
        return node.getKind() == SqlKind.DESCENDING
                || node.getKind() == SqlKind.NULLS_FIRST
                || node.getKind() == SqlKind.NULLS_LAST;
    }

    /** Copies of the expressions, where positions and names of select items are written out. */
    private static SqlNodeList allResolved(SqlNodeList nodes, SqlSelect select) {
        List<SqlNode> resolved = new ArrayList<>();
        for (SqlNode node : nodes) {
            resolved.add(resolved(node, select));
        }
        return new SqlNodeList(resolved, nodes.getParserPosition());
    }

    private static SqlNode resolved(SqlNode node, SqlSelect select) {
        if (isDirection(node)) {
            SqlCall call = (SqlCall) node;
            return call.getOperator().createCall(node.getParserPosition(), resolved(call.operand(0), select));
        }
        if (node instanceof SqlIdentifier name && name.isSimple()) {
            for (SqlNode item : select.getSelectList()) {
                if (item.getKind() == SqlKind.AS
                        && ((SqlIdentifier) ((SqlCall) item).operand(1))
                                .getSimple()
                                .equals(name.getSimple())) {
                    return copy(((SqlCall) item).operand(0));
                }
            }
        }
        if (node instanceof SqlNumericLiteral number && number.isInteger()) {
            return item(number, select);
        }
        return copy(node);
    }

    private static SqlNode item(SqlNumericLiteral position, SqlSelect select) {
        BigDecimal number = position.getValueAs(BigDecimal.class);
        SqlNodeList items = select.getSelectList();
        boolean inside = number.signum() > 0 && number.compareTo(BigDecimal.valueOf(items.size())) <= 0;
        if (!inside) {
            throw KadeException.of(
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            "position " + number.toPlainString() + " is not in select list")
                    .at(Positions.of(position.getParserPosition()));
        }
        return copy(SqlUtil.stripAs(items.get(number.intValueExact() - 1)));
    }

    private static SqlNode copy(SqlNode node) {
        return Objects.requireNonNull(node.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, handler);
                return handler.result();
            }
        }));
    }
}
