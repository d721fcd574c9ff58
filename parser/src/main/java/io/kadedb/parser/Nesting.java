package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Refuses statements nested so deeply that a recursive descent could exhaust the stack. */
final class Nesting {
    private Nesting() {}

    /** Of a statement with more words for each level some may be nested that this does not see. */
    private static final int WORDS_A_LEVEL = 50;

    /**
     * How deep the tree of a statement may be: brackets within brackets, and chains of operators, joins or set operations,
     * each of which has the one before within.
     */
    static int check(List<Token> tokens) {
        deepest(tokens);
        TreeDepth depth = new TreeDepth();
        for (Token token : tokens) {
            if (depth.add(token) > SqlParser.MAX_DEPTH) {
                throw KadeException.of(
                                ErrorCode.STATEMENT_TOO_COMPLEX,
                                "operators and brackets are nested more than " + SqlParser.MAX_DEPTH + " levels deep")
                        .at(Places.of(token));
            }
        }
        return Math.max(depth.ofAll(), tokens.size() / WORDS_A_LEVEL);
    }

    private static void deepest(List<Token> tokens) {
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
