package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.grammar.KadeSqlParser.ArrayConstructorContext;
import io.kadedb.parser.grammar.KadeSqlParser.ArrayItemContext;
import io.kadedb.parser.grammar.KadeSqlParser.ArrayItemsContext;
import io.kadedb.parser.grammar.KadeSqlParser.ExpressionContext;
import io.kadedb.parser.grammar.KadeSqlParser.ItemSuffixContext;
import io.kadedb.parser.grammar.KadeSqlParser.SuffixContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Arrays: constructors, subscripts and slices. */
final class ArrayBuilder {
    private static final int MAX_SUBSCRIPTS = 6;

    private final AstBuilder ast;

    ArrayBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode constructor(ArrayConstructorContext array, SqlParserPos pos) {
        return array.query() == null
                ? items(array.arrayItems())
                : SqlStdOperatorTable.ARRAY_QUERY.createCall(pos, ast.queries.query(array.query()));
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
     * An element, {@code $subscript(array, i, j)}; or with any {@code :} a slice, {@code $slice(array, 'bu-u', 1, 2, 4)}:
     * the text says for each dimension which bounds follow, with {@code -} for one left out and {@code 1} for the lower
     * bound of a subscript without {@code :}.
     */
    SqlNode subscripted(SqlNode array, List<SuffixContext> suffixes) {
        SuffixContext last = suffixes.getLast();
        SqlParserPos pos = array.getParserPosition().plus(Places.pos(last));
        if (suffixes.size() > MAX_SUBSCRIPTS) {
            throw KadeException.of(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "number of array dimensions (" + suffixes.size() + ") exceeds the maximum allowed ("
                                    + MAX_SUBSCRIPTS + ")")
                    .at(Places.of(last.getStart()));
        }
        List<SqlNode> operands = new ArrayList<>();
        operands.add(array);
        StringBuilder bounds = new StringBuilder();
        boolean slice = false;
        for (SuffixContext suffix : suffixes) {
            ItemSuffixContext item = (ItemSuffixContext) suffix;
            List<ExpressionContext> given = item.expression();
            given.forEach(expression -> operands.add(ast.expressions.expression(expression)));
            if (item.COLON() == null) {
                if (given.isEmpty()) {
                    throw SyntaxErrors.at(item.RBRACKET().getSymbol());
                }
                bounds.append("1u");
                continue;
            }
            slice = true;
            int colon = item.COLON().getSymbol().getTokenIndex();
            bounds.append(!given.isEmpty() && given.getFirst().getStart().getTokenIndex() < colon ? 'b' : '-');
            bounds.append(!given.isEmpty() && given.getLast().getStart().getTokenIndex() > colon ? 'u' : '-');
        }
        if (slice) {
            operands.add(1, SqlLiteral.createCharString(bounds.toString(), pos));
        }
        return ast.functions.named(
                slice ? KadeOperators.SLICE : KadeOperators.SUBSCRIPT, pos, operands.toArray(new SqlNode[0]));
    }
}
