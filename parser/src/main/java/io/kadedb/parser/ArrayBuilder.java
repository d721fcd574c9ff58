package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Subscripts;
import io.kadedb.parser.grammar.KadeSqlParser.ArrayConstructorContext;
import io.kadedb.parser.grammar.KadeSqlParser.ArrayItemContext;
import io.kadedb.parser.grammar.KadeSqlParser.ArrayItemsContext;
import io.kadedb.parser.grammar.KadeSqlParser.ExpressionContext;
import io.kadedb.parser.grammar.KadeSqlParser.ItemPlaceContext;
import io.kadedb.parser.grammar.KadeSqlParser.ItemSuffixContext;
import io.kadedb.parser.grammar.KadeSqlParser.SuffixContext;
import java.util.ArrayList;
import java.util.List;
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
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** Arrays: constructors, subscripts and slices. */
final class ArrayBuilder {
    private static final int MAX_SUBSCRIPTS = 6;

    private static final String ROWS = "$rows";
    private static final String VALUE = "$v";

    private final AstBuilder ast;

    ArrayBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode constructor(ArrayConstructorContext array, SqlParserPos pos) {
        return array.query() == null ? items(array.arrayItems()) : query(ast.queries.query(array.query()), pos);
    }

    private SqlNode query(SqlNode query, SqlParserPos pos) {
        SqlNode all = gathered(query, "array_agg", pos);
        return ast.functions.named(KadeOperators.ARRAY_QUERY, pos, all, SqlLiteral.createCharString("{}", pos));
    }

    /** The rows of a query of one column, in its order, by an aggregate. */
    SqlNode gathered(SqlNode query, String aggregate, SqlParserPos pos) {
        SqlIdentifier table = new SqlIdentifier(ROWS, pos);
        List<SqlNode> names = new ArrayList<>(List.of(query, table, new SqlIdentifier(VALUE, pos)));
        List<SqlNode> keys = new ArrayList<>();
        if (query instanceof SqlOrderBy order) {
            SqlSelect select = order.query instanceof SqlSelect plain && !plain.isDistinct() ? plain : null;
            for (SqlNode item : order.orderList) {
                SqlNode key = key(item);
                if (isValue(key, select)) {
                    keys.add(withKey(item, column(VALUE, pos)));
                } else if (select != null) {
                    String name = "$k" + names.size();
                    names.add(new SqlIdentifier(name, pos));
                    select.getSelectList().add(SqlStdOperatorTable.AS.createCall(pos, key, names.getLast()));
                    keys.add(withKey(item, column(name, pos)));
                }
            }
        }
        SqlNode rows = ast.functions.named(aggregate, pos, column(VALUE, pos));
        if (!keys.isEmpty()) {
            rows = SqlStdOperatorTable.WITHIN_GROUP.createCall(pos, rows, new SqlNodeList(keys, pos));
        }
        SqlNode from = SqlStdOperatorTable.AS.createCall(pos, names);
        return PlainSelect.of(pos, SqlNodeList.of(rows), from);
    }

    private static SqlIdentifier column(String name, SqlParserPos pos) {
        return new SqlIdentifier(List.of(ROWS, name), pos);
    }

    /** Without its direction. */
    private static SqlNode key(SqlNode item) {
        return switch (item.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> key(((SqlCall) item).operand(0));
            default -> item;
        };
    }

    private static SqlNode withKey(SqlNode item, SqlNode key) {
        return switch (item.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
                SqlCall call = (SqlCall) item;
                yield call.getOperator().createCall(call.getParserPosition(), withKey(call.operand(0), key));
            }
            default -> key;
        };
    }

    /** Whether a key is the query's own column: by its place, or by its name; of other queries it must be. */
    private static boolean isValue(SqlNode key, @Nullable SqlSelect select) {
        if (select == null || key instanceof SqlLiteral) {
            return true;
        }
        SqlNode item = select.getSelectList().get(0);
        return item.getKind() == SqlKind.AS
                && key instanceof SqlIdentifier name
                && name.isSimple()
                && name.equalsDeep(((SqlCall) item).operand(1), Litmus.IGNORE);
    }

    private SqlNode items(ArrayItemsContext items) {
        List<SqlNode> nodes = new ArrayList<>(items.arrayItem().size());
        for (ArrayItemContext item : items.arrayItem()) {
            nodes.add(
                    item.arrayItems() == null
                            ? ast.expressions.expression(item.expression())
                            : items(item.arrayItems()));
        }
        return ast.functions.named(KadeOperators.ARRAY, Places.pos(items), nodes.toArray(new SqlNode[0]));
    }

    /**
     * An element, {@code $subscript(array, i, j)}; or with any {@code :} a slice, {@code $slice(array, 'bu-u', 1, 2, 4)}
     * with the bounds of {@link Subscripts}.
     */
    SqlNode subscripted(SqlNode array, List<SuffixContext> suffixes) {
        SuffixContext last = suffixes.getLast();
        SqlParserPos pos = array.getParserPosition().plus(Places.pos(last));
        Subscripts subscripts = subscripts(suffixes.stream()
                .map(suffix -> ((ItemSuffixContext) suffix).itemPlace())
                .toList());
        List<SqlNode> operands = new ArrayList<>(subscripts.values());
        operands.addFirst(array);
        if (subscripts.slice()) {
            operands.add(1, SqlLiteral.createCharString(subscripts.bounds(), pos));
        }
        return ast.functions.named(
                subscripts.slice() ? KadeOperators.SLICE : KadeOperators.SUBSCRIPT,
                pos,
                operands.toArray(new SqlNode[0]));
    }

    Subscripts subscripts(List<ItemPlaceContext> places) {
        if (places.size() > MAX_SUBSCRIPTS) {
            throw KadeException.of(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "number of array dimensions (" + places.size() + ") exceeds the maximum allowed ("
                                    + MAX_SUBSCRIPTS + ")")
                    .at(Places.of(places.getLast().getStart()));
        }
        List<SqlNode> values = new ArrayList<>();
        StringBuilder bounds = new StringBuilder();
        boolean slice = false;
        for (ItemPlaceContext place : places) {
            List<ExpressionContext> given = place.expression();
            given.forEach(expression -> values.add(ast.expressions.expression(expression)));
            if (place.COLON() == null) {
                if (given.isEmpty()) {
                    throw SyntaxErrors.at(place.RBRACKET().getSymbol());
                }
                bounds.append("1u");
                continue;
            }
            slice = true;
            int colon = place.COLON().getSymbol().getTokenIndex();
            bounds.append(!given.isEmpty() && given.getFirst().getStart().getTokenIndex() < colon ? 'b' : '-');
            bounds.append(!given.isEmpty() && given.getLast().getStart().getTokenIndex() > colon ? 'u' : '-');
        }
        return new Subscripts(bounds.toString(), slice, values);
    }
}
