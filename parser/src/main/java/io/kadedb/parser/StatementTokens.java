package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.KadeSqlLexer;
import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;

/** Reads a text statement by statement into tokens: finds keywords, long literal lists and parentheses around queries. */
final class StatementTokens {
    private final KadeSqlLexer lexer;
    private boolean ended;

    StatementTokens(String text) {
        lexer = new KadeSqlLexer(new Utf16Stream(text));
        lexer.removeErrorListeners();
    }

    /** The next statement that is not empty. */
    Optional<TokenList> next() {
        while (!ended) {
            List<Token> tokens = readToSemicolon();
            if (tokens.size() > 1) {
                int nesting = Nesting.check(tokens);
                QueryParentheses.mark(tokens);
                markAsOf(tokens);
                markAsofJoins(tokens);
                for (int i = 0; i < tokens.size(); i++) {
                    ((WritableToken) tokens.get(i)).setTokenIndex(i);
                }
                return Optional.of(new TokenList(tokens, lexer, nesting));
            }
        }
        return Optional.empty();
    }

    /** Gives the AS of AS OF SYSTEM TIME a type of its own: behind a table it would begin an alias. */
    private static void markAsOf(List<Token> tokens) {
        for (int i = 0; i + 3 < tokens.size(); i++) {
            if (tokens.get(i).getType() == KadeSqlParser.AS
                    && tokens.get(i + 1).getType() == KadeSqlParser.OF
                    && tokens.get(i + 2).getType() == KadeSqlParser.SYSTEM
                    && tokens.get(i + 3).getType() == KadeSqlParser.TIME) {
                ((WritableToken) tokens.get(i)).setType(KadeSqlParser.AS_OF);
            }
        }
    }

    /**
     * Gives ASOF before JOIN, where a table has come before it, a type of its own: it would begin an alias. Everywhere else
     * it is a name.
     */
    private static void markAsofJoins(List<Token> tokens) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).getType() == KadeSqlParser.IDENT
                    && tokens.get(i).getText().equalsIgnoreCase("asof")
                    && beginsJoin(tokens.get(i + 1).getType())
                    && mayEndTable(tokens.get(i - 1).getType())) {
                ((WritableToken) tokens.get(i)).setType(KadeSqlParser.ASOF_JOIN);
            }
        }
    }

    private static boolean beginsJoin(int type) {
        return switch (type) {
            case KadeSqlParser.JOIN, KadeSqlParser.INNER, KadeSqlParser.LEFT, KadeSqlParser.RIGHT, KadeSqlParser.FULL ->
                true;
            default -> false;
        };
    }

    private static boolean mayEndTable(int type) {
        return switch (type) {
            case KadeSqlParser.AS,
                    KadeSqlParser.COMMA,
                    KadeSqlParser.DOT,
                    KadeSqlParser.FROM,
                    KadeSqlParser.JOIN,
                    KadeSqlParser.LPAREN,
                    KadeSqlParser.ONLY,
                    KadeSqlParser.USING -> false;
            default -> true;
        };
    }

    /** All tokens up to the semicolon, which becomes EOF. */
    private List<Token> readToSemicolon() {
        List<Token> tokens = new ArrayList<>();
        LiteralRuns runs = new LiteralRuns(tokens);
        while (true) {
            CommonToken token = (CommonToken) lexer.nextToken();
            switch (token.getType()) {
                case KadeSqlParser.SEMICOLON, Token.EOF -> {
                    ended = token.getType() == Token.EOF;
                    runs.end();
                    token.setType(Token.EOF);
                    tokens.add(token);
                    return tokens;
                }
                case KadeSqlParser.IDENT -> {
                    int type = Keywords.type(token.getText());
                    if (type != Token.INVALID_TYPE) {
                        token.setType(type);
                    }
                }
                default -> refuse(token);
            }
            runs.accept(token);
        }
    }

    private static void refuse(Token token) {
        String message = switch (token.getType()) {
            case KadeSqlParser.UNTERMINATED_STRING, KadeSqlParser.UNTERMINATED_DOLLAR_STRING -> "unterminated string";
            case KadeSqlParser.UNTERMINATED_IDENT -> "unterminated quoted identifier";
            case KadeSqlParser.UNTERMINATED_COMMENT -> "unterminated comment";
            case KadeSqlParser.BAD_NUMBER -> "trailing junk after numeric literal at \"" + token.getText() + "\"";
            case KadeSqlParser.STRAY -> "unexpected character \"" + token.getText() + "\"";
            default -> "";
        };
        if (!message.isEmpty()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, message)
                    .at(token.getType() == KadeSqlParser.BAD_NUMBER ? Places.of(token) : Places.firstCharacter(token));
        }
    }
}
