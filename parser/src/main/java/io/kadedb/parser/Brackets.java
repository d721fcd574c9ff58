package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/** Explains errors that come from parentheses without a partner. */
final class Brackets {
    private Brackets() {}

    static Optional<String> hint(TokenList tokens, Token offending) {
        int open = 0;
        for (int i = 0; i < offending.getTokenIndex(); i++) {
            switch (tokens.get(i).getType()) {
                case KadeSqlParser.LPAREN, KadeSqlParser.QUERY_OPEN -> open++;
                case KadeSqlParser.RPAREN -> open--;
                default -> {
                    continue;
                }
            }
        }
        if (offending.getType() == KadeSqlParser.RPAREN && open <= 0) {
            return Optional.of("there is no \"(\" for this \")\"");
        }
        if (offending.getType() == Token.EOF && open > 0) {
            return Optional.of(
                    hasDashes(tokens, offending)
                            ? "-- starts a comment; an edge without a direction is - or -[]-"
                            : "a \")\" is missing");
        }
        return Optional.empty();
    }

    /** Whether somebody wrote {@code (a)--(b)}. */
    private static boolean hasDashes(TokenList tokens, Token end) {
        int from = tokens.first().getStartIndex();
        int to = end.getStartIndex() - 1;
        return to > from && end.getInputStream().getText(Interval.of(from, to)).contains(")--(");
    }
}
