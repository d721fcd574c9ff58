package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.grammar.KadeSqlParser;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Builds the tree of one flat list of operands and operators by precedence climbing, with PostgreSQL's precedences. The
 * recursion is as deep as there are precedences, not as the list is long; chains of AND, OR and || become balanced trees.
 */
final class OperatorPrecedence {
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int IS = 4;
    private static final int COMPARISON = 5;
    private static final int RANGE = 6;
    private static final int OTHER = 7;
    private static final int ADDITIVE = 8;
    private static final int MULTIPLICATIVE = 9;
    private static final int POWER = 10;
    private static final int TIME_ZONE = 11;
    private static final int COLLATION = 12;

    /** Left-deep chains longer than this are refused: every later stage recurses into them. */
    private static final int MAX_OPERATORS = 10_000;
    /** The same of tables, joins and set operations, each of which costs far more than an operator. */
    private static final int MAX_RELATIONS = 1000;

    private final AstBuilder ast;
    private final OperandContext first;
    private final List<Tail> tails;
    private int next;

    /** An operator and what stands to its right. */
    private record Tail(int precedence, ParserRuleContext rule) {}

    OperatorPrecedence(AstBuilder ast, ExpressionContext expression) {
        this.ast = ast;
        first = expression.operand();
        tails = new ArrayList<>(expression.operatorTail().size());
        for (OperatorTailContext tail : expression.operatorTail()) {
            tails.add(new Tail(precedence(tail), tail));
        }
    }

    OperatorPrecedence(AstBuilder ast, BoundContext bound) {
        this.ast = ast;
        first = bound.operand(0);
        tails = new ArrayList<>(bound.boundOperator().size());
        for (int i = 0; i < bound.boundOperator().size(); i++) {
            BoundOperatorContext operator = bound.boundOperator(i);
            BoundTail tail = new BoundTail(operator, bound.operand(i + 1));
            tails.add(new Tail(operator.arithmetic() == null ? OTHER : precedence(operator.arithmetic()), tail));
        }
    }

    /** An operator of a bound with its operand, to look like the tail of an expression. */
    private static final class BoundTail extends ParserRuleContext {
        private final BoundOperatorContext operator;
        private final OperandContext operand;

        BoundTail(BoundOperatorContext operator, OperandContext operand) {
            this.operator = operator;
            this.operand = operand;
            start = operator.getStart();
            stop = operand.getStop();
        }
    }

    private static int precedence(OperatorTailContext tail) {
        return switch (tail) {
            case BinaryTailContext binary -> precedence(binary.binaryOperator());
            case QuantifiedTailContext quantified -> COMPARISON;
            case IsTailContext is -> IS;
            case JsonTailContext is -> IS;
            case NullTailContext isNull -> IS;
            case TimeZoneTailContext zone -> TIME_ZONE;
            case CollateTailContext collate -> COLLATION;
            default -> RANGE;
        };
    }

    private static int precedence(BinaryOperatorContext operator) {
        if (operator.OR() != null) {
            return OR;
        }
        if (operator.AND() != null) {
            return AND;
        }
        if (operator.comparison() != null) {
            return COMPARISON;
        }
        return operator.arithmetic() == null ? OTHER : precedence(operator.arithmetic());
    }

    private static int precedence(ArithmeticContext operator) {
        return switch (operator.getStart().getType()) {
            case KadeSqlParser.PLUS, KadeSqlParser.MINUS -> ADDITIVE;
            case KadeSqlParser.CARET -> POWER;
            default -> MULTIPLICATIVE;
        };
    }

    SqlNode build() {
        return climb(first, OR);
    }

    private SqlNode climb(OperandContext operand, int least) {
        SqlNode left = prefixed(operand, 0);
        int chain = 0;
        while (next < tails.size() && tails.get(next).precedence() >= least) {
            Tail tail = tails.get(next++);
            checkChain(++chain, tail.rule());
            left = apply(left, tail);
        }
        return left;
    }

    static void checkChain(int length, ParserRuleContext rule) {
        if (length > MAX_OPERATORS) {
            throw tooLong("an expression chains more than " + MAX_OPERATORS + " operators", rule)
                    .hint("split it with parentheses, or into several statements");
        }
    }

    static void checkRelations(int length, ParserRuleContext rule) {
        if (length > MAX_RELATIONS) {
            throw tooLong("a query chains more than " + MAX_RELATIONS + " tables, joins or set operations", rule)
                    .hint("split it into several statements, or give constant rows by VALUES");
        }
    }

    private static KadeException tooLong(String what, ParserRuleContext rule) {
        return KadeException.of(ErrorCode.STATEMENT_TOO_COMPLEX, what).at(Places.of(rule.getStart()));
    }

    /** NOT reaches over everything that binds closer; signs bind closest. */
    private SqlNode prefixed(OperandContext operand, int prefix) {
        List<PrefixContext> prefixes = operand.prefix();
        if (prefix == prefixes.size()) {
            return ast.expressions.suffixed(operand);
        }
        Token token = prefixes.get(prefix).getStart();
        if (token.getType() == KadeSqlParser.NOT) {
            SqlNode inner = climbFrom(prefixed(operand, prefix + 1), AND + 1);
            return SqlStdOperatorTable.NOT.createCall(Places.pos(token).plus(inner.getParserPosition()), inner);
        }
        if (prefix == prefixes.size() - 1 && isNumber(operand) && token.getType() == KadeSqlParser.MINUS) {
            NumberContext number =
                    ((LiteralPrimaryContext) operand.primary()).literal().number();
            return ast.literals.number(number, true, Places.pos(token, number.getStop()));
        }
        SqlNode inner = prefixed(operand, prefix + 1);
        SqlParserPos pos = Places.pos(token).plus(inner.getParserPosition());
        return switch (token.getType()) {
            case KadeSqlParser.PLUS ->
                inner instanceof SqlNumericLiteral ? inner : SqlStdOperatorTable.UNARY_PLUS.createCall(pos, inner);
            case KadeSqlParser.MINUS -> SqlStdOperatorTable.UNARY_MINUS.createCall(pos, inner);
            default -> KadeOperators.BITS_NOT.createCall(pos, inner);
        };
    }

    private static boolean isNumber(OperandContext operand) {
        return operand.suffix().isEmpty()
                && operand.primary() instanceof LiteralPrimaryContext literal
                && literal.literal().number() != null;
    }

    private SqlNode climbFrom(SqlNode node, int least) {
        SqlNode left = node;
        while (next < tails.size() && tails.get(next).precedence() >= least) {
            left = apply(left, tails.get(next++));
        }
        return left;
    }

    private SqlNode apply(SqlNode left, Tail tail) {
        return switch (tail.rule()) {
            case BoundTail bound -> bound(left, bound, tail.precedence());
            case BinaryTailContext binary -> binary(left, binary, tail.precedence());
            case BetweenTailContext between -> between(left, between);
            case LikeTailContext like -> like(left, like);
            case IsTailContext is -> is(left, is);
            case OverlapsTailContext overlaps -> overlaps(left, overlaps);
            case JsonTailContext is -> new SqlJsonBuilder(ast).isJson(left, is);
            case TimeZoneTailContext zone -> {
                SqlNode place = climb(zone.operand(), TIME_ZONE + 1);
                yield ast.functions.named("timezone", span(left, place), place, left);
            }
            case OperatorTailContext other -> new PredicateBuilder(ast).apply(left, other);
            default ->
                throw KadeException.internal("no operator in " + tail.rule().getClass(), null);
        };
    }

    private SqlNode bound(SqlNode left, BoundTail tail, int precedence) {
        SqlNode right = climb(tail.operand, precedence + 1);
        BoundOperatorContext operator = tail.operator;
        if (operator.symbolic() != null) {
            return SymbolicOperators.apply(ast, operator.symbolic(), left, right);
        }
        return call(operator.getStart(), left, right);
    }

    private SqlNode binary(SqlNode left, BinaryTailContext tail, int precedence) {
        BinaryOperatorContext operator = tail.binaryOperator();
        if (operator.symbolic() != null) {
            return SymbolicOperators.apply(ast, operator.symbolic(), left, climb(tail.operand(), precedence + 1));
        }
        return switch (operator.getStart().getType()) {
            case KadeSqlParser.OR -> chain(SqlStdOperatorTable.OR, KadeSqlParser.OR, left, tail, precedence);
            case KadeSqlParser.AND -> chain(SqlStdOperatorTable.AND, KadeSqlParser.AND, left, tail, precedence);
            case KadeSqlParser.CONCAT ->
                chain(SqlStdOperatorTable.CONCAT, KadeSqlParser.CONCAT, left, tail, precedence);
            default -> call(operator.getStart(), left, climb(tail.operand(), precedence + 1));
        };
    }

    /** All neighbours with the same associative operator, as a balanced tree. */
    private SqlNode chain(SqlOperator operator, int type, SqlNode left, BinaryTailContext tail, int precedence) {
        List<SqlNode> nodes = new ArrayList<>();
        nodes.add(left);
        nodes.add(climb(tail.operand(), precedence + 1));
        while (next < tails.size()
                && tails.get(next).rule() instanceof BinaryTailContext more
                && more.binaryOperator().getStart().getType() == type) {
            next++;
            nodes.add(climb(more.operand(), precedence + 1));
        }
        return balanced(operator, nodes, 0, nodes.size());
    }

    private static SqlNode balanced(SqlOperator operator, List<SqlNode> nodes, int from, int to) {
        if (to - from == 1) {
            return nodes.get(from);
        }
        // Short chains lean left, as written; long ones are halved.
        int middle = to - from <= 8 ? to - 1 : (from + to) >>> 1;
        SqlNode left = balanced(operator, nodes, from, middle);
        SqlNode right = balanced(operator, nodes, middle, to);
        return operator.createCall(span(left, right), left, right);
    }

    private SqlNode call(Token operator, SqlNode left, SqlNode right) {
        SqlParserPos pos = span(left, right);
        return operator.getType() == KadeSqlParser.CARET
                ? ast.functions.named("power", pos, left, right)
                : SymbolicOperators.standard(operator.getText()).createCall(pos, left, right);
    }

    private SqlNode between(SqlNode left, BetweenTailContext between) {
        SqlNode low = ast.expressions.bound(between.bound());
        SqlNode high = climb(between.operand(), RANGE + 1);
        boolean symmetric = between.SYMMETRIC() != null;
        SqlOperator operator = between.NOT() == null
                ? (symmetric ? SqlStdOperatorTable.SYMMETRIC_BETWEEN : SqlStdOperatorTable.BETWEEN)
                : (symmetric ? SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN : SqlStdOperatorTable.NOT_BETWEEN);
        return operator.createCall(span(left, high), left, low, high);
    }

    private SqlNode like(SqlNode left, LikeTailContext like) {
        if (like.operand() == null) {
            return new PredicateBuilder(ast).likeQuantified(left, like);
        }
        SqlOperator operator = PredicateBuilder.likeOperator(like);
        SqlNode pattern = climb(like.operand(), RANGE + 1);
        if (next < tails.size() && tails.get(next).rule() instanceof EscapeTailContext escape) {
            next++;
            SqlNode character = climb(escape.operand(), RANGE + 1);
            return operator.createCall(span(left, character), left, pattern, character);
        }
        return operator.createCall(span(left, pattern), left, pattern);
    }

    private SqlNode is(SqlNode left, IsTailContext is) {
        if (is.DISTINCT() == null) {
            return new PredicateBuilder(ast).apply(left, is);
        }
        SqlNode right = climb(is.operand(), COMPARISON);
        SqlOperator operator =
                is.NOT() == null ? SqlStdOperatorTable.IS_DISTINCT_FROM : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
        return operator.createCall(span(left, right), left, right);
    }

    /** Periods are rows of two, which the function of that name takes apart. */
    private SqlNode overlaps(SqlNode left, OverlapsTailContext overlaps) {
        SqlNode right = climb(overlaps.operand(), RANGE + 1);
        List<SqlNode> ends = new ArrayList<>(period(left, "left", overlaps));
        ends.addAll(period(right, "right", overlaps));
        return ast.functions.named("overlaps", span(left, right), ends.toArray(new SqlNode[0]));
    }

    private static List<SqlNode> period(SqlNode row, String side, OverlapsTailContext overlaps) {
        if (row.getKind() != SqlKind.ROW) {
            throw SyntaxErrors.at(overlaps.getStart());
        }
        List<SqlNode> ends = ((SqlCall) row).getOperandList();
        if (ends.size() != 2) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "wrong number of parameters on " + side + " side of OVERLAPS expression")
                    .at(Positions.of(row.getParserPosition()));
        }
        return ends;
    }

    static SqlParserPos span(SqlNode left, SqlNode right) {
        return left.getParserPosition().plus(right.getParserPosition());
    }

    /** COLLATE names the only collation, or fails. */
    static SqlNode collate(SqlNode left, CollateTailContext collate) {
        String name = collate.collation().getText().replace("\"", "").toLowerCase(Locale.ROOT);
        if (name.equals("c") || name.equals("posix") || name.endsWith("default") || name.equals("ucs_basic")) {
            return left;
        }
        throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "collation " + name + " is not supported yet")
                .at(Positions.of(Places.pos(collate.collation())))
                .hint("text compares by code point, which is the collation \"C\"");
    }
}
