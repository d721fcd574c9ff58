package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.ArrayDeque;
import java.util.Deque;
import org.antlr.v4.runtime.Token;

/**
 * How deep the tree of a statement gets, from its tokens alone: each bracket and each operator of a chain is a level, and
 * what is apart, such as the items of a list, does not add up. Never less than it is but for short chains.
 */
final class TreeDepth {
    private final Deque<Level> around = new ArrayDeque<>();
    private Level level = new Level();

    /** Within one pair of brackets, or within none. */
    private static final class Level {
        /** Of the part that is being read. */
        private int operators;
        /** What stands in brackets in it. */
        private int deepest;
        /** Of the parts before. */
        private int before;
        /** Of all parts. */
        private int relations;

        int depth() {
            return Math.max(before, operators + deepest) + relations;
        }

        void endPart() {
            before = Math.max(before, operators + deepest);
            operators = 0;
            deepest = 0;
        }
    }

    /** Takes the next token and gives the depth of the level it is on. */
    int add(Token token) {
        switch (token.getType()) {
            case KadeSqlParser.LPAREN, KadeSqlParser.LBRACKET, KadeSqlParser.LBRACE, KadeSqlParser.CASE -> {
                if (token.getType() == KadeSqlParser.LBRACKET) {
                    level.operators++;
                }
                around.push(level);
                level = new Level();
            }
            case KadeSqlParser.RPAREN, KadeSqlParser.RBRACKET, KadeSqlParser.RBRACE, KadeSqlParser.END -> end();
            case KadeSqlParser.JOIN, KadeSqlParser.UNION, KadeSqlParser.EXCEPT, KadeSqlParser.INTERSECT -> {
                level.endPart();
                level.relations++;
            }
            case KadeSqlParser.COMMA,
                    KadeSqlParser.AND,
                    KadeSqlParser.OR,
                    KadeSqlParser.WHEN,
                    KadeSqlParser.THEN,
                    KadeSqlParser.ELSE,
                    KadeSqlParser.SELECT,
                    KadeSqlParser.FROM,
                    KadeSqlParser.WHERE,
                    KadeSqlParser.ON,
                    KadeSqlParser.HAVING,
                    KadeSqlParser.BY -> level.endPart();
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
                    KadeSqlParser.EQ,
                    KadeSqlParser.LT,
                    KadeSqlParser.GT,
                    KadeSqlParser.LE,
                    KadeSqlParser.GE,
                    KadeSqlParser.NOT,
                    KadeSqlParser.IS,
                    KadeSqlParser.CAST_OPERATOR -> level.operators++;
            default -> {}
        }
        return level.depth();
    }

    private void end() {
        if (!around.isEmpty()) {
            int depth = level.depth() + 1;
            level = around.pop();
            level.deepest = Math.max(level.deepest, depth);
        }
    }

    /** Of the statement read so far; brackets that are open end here. */
    int ofAll() {
        while (!around.isEmpty()) {
            end();
        }
        return level.depth();
    }
}
