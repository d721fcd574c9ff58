package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Refuses statements nested so deeply that a recursive descent could exhaust the stack. */
final class Nesting {
    private Nesting() {}

    /** How deep the deepest is, or how long the longest chain of operators, joins or set operations may be, each of
     * which has the one before within. */
    static int check(List<Token> tokens) {
        return Math.max(deepest(tokens), longest(tokens));
    }

    private static int longest(List<Token> tokens) {
        int longest = 0;
        int operators = 0;
        int relations = 0;
        for (Token token : tokens) {
            switch (token.getType()) {
                case KadeSqlParser.COMMA -> operators = 0;
                case KadeSqlParser.JOIN, KadeSqlParser.UNION, KadeSqlParser.EXCEPT, KadeSqlParser.INTERSECT ->
                    relations++;
                case KadeSqlParser.PLUS,
                        KadeSqlParser.MINUS,
                        KadeSqlParser.STAR,
                        KadeSqlParser.SLASH,
                        KadeSqlParser.PERCENT,
                        KadeSqlParser.CARET,
                        KadeSqlParser.HASH,
                        KadeSqlParser.AT_SIGN,
                        KadeSqlParser.AMP,
                        KadeSqlParser.BAR,
                        KadeSqlParser.TILDE,
                        KadeSqlParser.CAST_OPERATOR,
                        KadeSqlParser.LBRACKET -> operators++;
                default -> {}
            }
            longest = Math.max(longest, operators + relations);
        }
        return longest;
    }

    private static int deepest(List<Token> tokens) {
        int deepest = 0;
        int brackets = 0;
        int cases = 0;
        int prefixes = 0;
        for (Token token : tokens) {
            prefixes = isPrefix(token.getType()) ? prefixes + 1 : 0;
            switch (token.getType()) {
                case KadeSqlParser.LPAREN, KadeSqlParser.LBRACKET, KadeSqlParser.LBRACE -> brackets++;
                case KadeSqlParser.RPAREN, KadeSqlParser.RBRACKET, KadeSqlParser.RBRACE ->
                    brackets = Math.max(0, brackets - 1);
                case KadeSqlParser.CASE -> cases++;
                case KadeSqlParser.END -> cases = Math.max(0, cases - 1);
                default -> {
                    if (prefixes == 0) {
                        continue;
                    }
                }
            }
            deepest = Math.max(deepest, brackets + cases + prefixes);
            if (deepest > SqlParser.MAX_NESTING) {
                throw tooComplex(token);
            }
        }
        return deepest;
    }

    /** Of many in a row each is nested in the one before. */
    private static boolean isPrefix(int type) {
        return type == KadeSqlParser.NOT
                || type == KadeSqlParser.MINUS
                || type == KadeSqlParser.PLUS
                || type == KadeSqlParser.TILDE;
    }

    static KadeException tooComplex(Token token) {
        return KadeException.of(
                        ErrorCode.STATEMENT_TOO_COMPLEX,
                        "the statement is nested more than " + SqlParser.MAX_NESTING + " levels deep")
                .at(Places.of(token));
    }
}
