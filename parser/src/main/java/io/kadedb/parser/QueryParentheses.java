package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;

/**
 * Gives parentheses that open a query the type QUERY_OPEN. {@code ((select 1) + 2)} and {@code ((select 1) union select 2)}
 * start alike; here the closing parenthesis is known, so one look behind it tells them apart.
 */
final class QueryParentheses {
    private QueryParentheses() {}

    static void mark(List<Token> tokens) {
        int[] closing = closingParentheses(tokens);
        for (int i = tokens.size() - 2; i >= 0; i--) {
            if (tokens.get(i).getType() == KadeSqlParser.LPAREN && opensQuery(tokens, i, closing)) {
                ((WritableToken) tokens.get(i)).setType(KadeSqlParser.QUERY_OPEN);
            }
        }
    }

    /** Inner parentheses are typed already. */
    private static boolean opensQuery(List<Token> tokens, int open, int[] closing) {
        int before = open == 0 ? Token.EOF : tokens.get(open - 1).getType();
        return switch (tokens.get(open + 1).getType()) {
            case KadeSqlParser.SELECT, KadeSqlParser.WITH, KadeSqlParser.VALUES, KadeSqlParser.TABLE -> true;
            case KadeSqlParser.FROM -> before != KadeSqlParser.TRIM;
            case KadeSqlParser.QUERY_OPEN -> {
                int innerEnd = closing[open + 1];
                yield innerEnd > 0
                        && before != KadeSqlParser.ROW
                        && before != KadeSqlParser.TRIM
                        && before != KadeSqlParser.SUBSTRING
                        && continuesQuery(tokens.get(innerEnd + 1).getType(), before);
            }
            default -> false;
        };
    }

    private static boolean continuesQuery(int type, int before) {
        return switch (type) {
            case KadeSqlParser.RPAREN,
                    KadeSqlParser.UNION,
                    KadeSqlParser.INTERSECT,
                    KadeSqlParser.EXCEPT,
                    KadeSqlParser.LIMIT,
                    KadeSqlParser.OFFSET,
                    KadeSqlParser.FETCH -> true;
            // In agg((select 1) order by x) the ORDER BY is the aggregate's.
            case KadeSqlParser.ORDER -> before != KadeSqlParser.IDENT;
            default -> false;
        };
    }

    /** For each opening parenthesis the index of its closing one, or 0. */
    private static int[] closingParentheses(List<Token> tokens) {
        int[] closing = new int[tokens.size()];
        int[] open = new int[SqlParser.MAX_NESTING + 1];
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int type = tokens.get(i).getType();
            if (type == KadeSqlParser.LPAREN) {
                open[depth++] = i;
            } else if (type == KadeSqlParser.RPAREN && depth > 0) {
                closing[open[--depth]] = i;
            }
        }
        return closing;
    }
}
