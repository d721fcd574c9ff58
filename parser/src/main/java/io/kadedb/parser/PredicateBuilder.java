package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Predicates that end with themselves: IS NULL, IN (...), = ANY (...). */
final class PredicateBuilder {
    private final AstBuilder ast;

    PredicateBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode apply(SqlNode left, OperatorTailContext tail) {
        SqlParserPos pos = left.getParserPosition().plus(Places.pos(tail));
        return switch (tail) {
            case IsTailContext is -> is(is).createCall(pos, left);
            case NullTailContext isNull ->
                (isNull.ISNULL() == null ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL)
                        .createCall(pos, left);
            case InTailContext in -> in(left, in, pos);
            case QuantifiedTailContext quantified -> quantified(left, quantified, pos);
            case CollateTailContext collate -> OperatorPrecedence.collate(left, collate);
            default -> throw SyntaxErrors.at(tail.getStart());
        };
    }

    private static SqlOperator is(IsTailContext is) {
        boolean not = is.NOT() != null;
        if (is.NULL() != null) {
            return not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
        }
        if (is.TRUE() != null) {
            return not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE;
        }
        if (is.FALSE() != null) {
            return not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
        }
        return not ? SqlStdOperatorTable.IS_NOT_UNKNOWN : SqlStdOperatorTable.IS_UNKNOWN;
    }

    private SqlNode in(SqlNode left, InTailContext in, SqlParserPos pos) {
        if (in.query() == null) {
            SqlParserPos list = Places.pos(in.LPAREN().getSymbol(), in.RPAREN().getSymbol());
            Optional<SqlNode> compared = new LongLists(ast).in(in.NOT() != null, left, in.inItem(), list, pos);
            if (compared.isPresent()) {
                return compared.get();
            }
            SqlNode items = ast.expressions.inList(in.inItem(), list);
            return (in.NOT() == null ? KadeOperators.IN_LIST : KadeOperators.NOT_IN_LIST).createCall(pos, left, items);
        }
        return (in.NOT() == null ? SqlStdOperatorTable.IN : SqlStdOperatorTable.NOT_IN)
                .createCall(pos, left, ast.queries.query(in.query()));
    }

    /** The right side is a query, or a list of one expression: an array. */
    private SqlNode quantified(SqlNode left, QuantifiedTailContext tail, SqlParserPos pos) {
        QuantifiableContext written = tail.quantifiable();
        ParserRuleContext symbol = written.comparison() == null ? written.operatorCharacter() : written.comparison();
        SqlKind comparison = SymbolicOperators.comparison(symbol);
        SqlOperator operator =
                tail.ALL() == null ? SqlStdOperatorTable.some(comparison) : SqlStdOperatorTable.all(comparison);
        if (tail.query() != null) {
            return operator.createCall(pos, left, ast.queries.query(tail.query()));
        }
        return ast.functions.named(
                tail.ALL() == null ? KadeOperators.ANY : KadeOperators.ALL,
                pos,
                SqlLiteral.createCharString(comparison.sql, Places.pos(symbol)),
                left,
                ast.expressions.expression(tail.expression()));
    }

    static SqlOperator likeOperator(LikeTailContext like) {
        boolean not = like.NOT() != null;
        if (like.ILIKE() != null) {
            return not ? SqlLibraryOperators.NOT_ILIKE : SqlLibraryOperators.ILIKE;
        }
        if (like.SIMILAR() != null) {
            return not ? SqlStdOperatorTable.NOT_SIMILAR_TO : SqlStdOperatorTable.SIMILAR_TO;
        }
        return not ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE;
    }

    /** {@code LIKE ANY (ARRAY[..])}: the array must be spelled out. */
    SqlNode likeQuantified(SqlNode left, LikeTailContext like) {
        SqlNode array = ast.expressions.expression(like.expression());
        if (!(array instanceof SqlCall call) || !KadeOperators.isArray(array) || call.operandCount() == 0) {
            Token start = like.expression().getStart();
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "LIKE ANY and LIKE ALL take only an ARRAY[...] of patterns so far")
                    .at(Places.of(start));
        }
        SqlOperator operator = likeOperator(like);
        SqlOperator join = like.ALL() == null ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND;
        SqlParserPos pos = left.getParserPosition().plus(Places.pos(like));
        OperatorPrecedence.checkChain(call.operandCount(), like);
        SqlNode all = operator.createCall(pos, left, call.operand(0));
        for (int i = 1; i < call.operandCount(); i++) {
            all = join.createCall(pos, all, operator.createCall(pos, left, call.operand(i)));
        }
        return all;
    }
}
