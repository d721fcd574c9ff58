package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.JsonOperators;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.grammar.KadeSqlParser.SymbolicContext;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Operators by their spelling. Those of several characters come as single tokens that must touch. */
final class SymbolicOperators {
    private SymbolicOperators() {}

    static SqlNode apply(AstBuilder ast, SymbolicContext symbolic, SqlNode left, SqlNode right) {
        String text = symbolic.OPERATOR() == null ? touching(symbolic) : named(symbolic);
        SqlParserPos pos = OperatorPrecedence.span(left, right);
        if (text.equals("^")) {
            return ast.functions.named("power", pos, left, right);
        }
        SqlOperator operator = find(text);
        if (operator == null) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "operator " + text + " is not supported yet")
                    .at(Places.of(symbolic.getStart()));
        }
        return operator.createCall(pos, left, right);
    }

    /** The operator that is written so; it must exist. */
    static SqlOperator standard(String text) {
        SqlOperator operator = find(text);
        if (operator == null) {
            throw KadeException.internal("no operator " + text, null);
        }
        return operator;
    }

    /** The comparison that is written so, before ANY or ALL. */
    static SqlKind comparison(ParserRuleContext symbol) {
        SqlOperator operator = find(symbol.getText());
        if (operator == null || !SqlKind.COMPARISON.contains(operator.getKind())) {
            throw SyntaxErrors.at(symbol.getStart());
        }
        return operator.getKind();
    }

    private static @Nullable SqlOperator find(String text) {
        return switch (text) {
            case "=" -> SqlStdOperatorTable.EQUALS;
            case "<>", "!=" -> SqlStdOperatorTable.NOT_EQUALS;
            case "<" -> SqlStdOperatorTable.LESS_THAN;
            case "<=" -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case ">" -> SqlStdOperatorTable.GREATER_THAN;
            case ">=" -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            case "+" -> SqlStdOperatorTable.PLUS;
            case "-" -> SqlStdOperatorTable.MINUS;
            case "*" -> SqlStdOperatorTable.MULTIPLY;
            case "/" -> SqlStdOperatorTable.DIVIDE;
            case "%" -> SqlStdOperatorTable.PERCENT_REMAINDER;
            case "||" -> SqlStdOperatorTable.CONCAT;
            case "~" -> SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE;
            case "~*" -> SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE;
            case "!~" -> SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_SENSITIVE;
            case "!~*" -> SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_INSENSITIVE;
            case "~~" -> SqlStdOperatorTable.LIKE;
            case "~~*" -> SqlLibraryOperators.ILIKE;
            case "!~~" -> SqlStdOperatorTable.NOT_LIKE;
            case "!~~*" -> SqlLibraryOperators.NOT_ILIKE;
            case "@>" -> KadeOperators.CONTAINS;
            case "<@" -> KadeOperators.CONTAINED;
            case "&&" -> KadeOperators.OVERLAPS;
            case "&" -> KadeOperators.BITS_AND;
            case "|" -> KadeOperators.BITS_OR;
            case "#" -> KadeOperators.BITS_XOR;
            case "<<" -> KadeOperators.SHIFT_LEFT;
            case ">>" -> KadeOperators.SHIFT_RIGHT;
            default -> JsonOperators.of(text);
        };
    }

    private static String touching(SymbolicContext symbolic) {
        Token previous = null;
        StringBuilder text = new StringBuilder();
        for (ParseTree child : symbolic.children) {
            Token token = ((TerminalNode) child).getSymbol();
            if (previous != null && token.getStartIndex() != previous.getStopIndex() + 1) {
                throw SyntaxErrors.at(token);
            }
            text.append(token.getText());
            previous = token;
        }
        return text.toString();
    }

    /** {@code OPERATOR(pg_catalog.~)}. */
    private static String named(SymbolicContext symbolic) {
        StringBuilder text = new StringBuilder();
        List<?> characters = symbolic.operatorCharacter();
        for (Object character : characters) {
            text.append(((ParseTree) character).getText());
        }
        return text.toString();
    }
}
