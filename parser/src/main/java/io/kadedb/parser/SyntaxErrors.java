package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Turns what ANTLR reports into words: where it went wrong, what was expected, what may have been meant. */
final class SyntaxErrors {
    private static final int MAX_NAMED = 6;

    private SyntaxErrors() {}

    /** An error without a hint. */
    static KadeException at(Token token) {
        String message = token.getType() == Token.EOF
                ? "syntax error at end of statement"
                : "syntax error at or near \"" + excerpt(token) + "\"";
        return KadeException.of(ErrorCode.SYNTAX_ERROR, message).at(Places.of(token));
    }

    private static String excerpt(Token token) {
        String text = token.getText();
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    static KadeException of(RecognitionException error, TokenList tokens) {
        Token offending = error.getOffendingToken();
        Optional<KadeException> unsupported = Unsupported.explain(tokens, offending);
        if (unsupported.isPresent()) {
            return unsupported.get();
        }
        IntervalSet expected = ExpectedTokens.of(error);
        Token previous = offending.getTokenIndex() > 0 ? tokens.get(offending.getTokenIndex() - 1) : offending;
        Optional<String> bracket = Brackets.hint(tokens, offending);
        if (bracket.isPresent()) {
            return at(offending).hint(bracket.get());
        }
        Optional<String> meant = meant(offending, expected);
        if (meant.isPresent()) {
            return at(offending).hint("did you mean " + meant.get() + "?");
        }
        Optional<String> meantBefore = misspelt(previous, offending);
        if (meantBefore.isPresent()) {
            return at(offending)
                    .hint("did you mean " + meantBefore.get() + " instead of \"" + previous.getText() + "\"?");
        }
        String words = expectedWords(expected);
        return words.isEmpty() ? at(offending) : at(offending).hint("expected " + words);
    }

    /** The expected keyword that looks like the token. */
    private static Optional<String> meant(Token offending, IntervalSet expected) {
        if (offending.getType() != KadeSqlParser.IDENT) {
            return Optional.empty();
        }
        List<String> candidates = expected.toList().stream()
                .filter(Keywords::isKeyword)
                .map(Keywords::spelling)
                .toList();
        return Similar.best(offending.getText(), candidates);
    }

    /** A misspelt keyword before was taken for a name: {@code select a form t}. */
    private static Optional<String> misspelt(Token previous, Token offending) {
        if (previous.getType() != KadeSqlParser.IDENT
                || previous.equals(offending)
                || previous.getText().length() < 4) {
            return Optional.empty();
        }
        return Similar.best(
                previous.getText(),
                List.of(
                        "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "UNION", "JOIN",
                        "VALUES", "TABLE", "UPDATE", "DELETE", "INSERT", "CREATE", "INTO", "SET"));
    }

    /** In words, most telling first; empty when so much is possible that a list says nothing. */
    private static String expectedWords(IntervalSet expected) {
        boolean expression = expected.contains(KadeSqlParser.CASE) && expected.contains(KadeSqlParser.INTEGER);
        boolean name = expected.contains(KadeSqlParser.QUOTED_IDENT);
        java.util.LinkedHashSet<String> words = new java.util.LinkedHashSet<>();
        if (expression) {
            words.add("an expression");
        } else if (name) {
            words.add("a name");
        }
        for (int type : expected.toList()) {
            String word = expression || (name && Keywords.isKeyword(type)) ? "" : word(type, name);
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (words.isEmpty() || words.size() > MAX_NAMED) {
            return expression ? words.getFirst() : "";
        }
        List<String> all = List.copyOf(words);
        return all.size() == 1
                ? all.getFirst()
                : String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
    }

    private static String word(int type, boolean name) {
        return switch (type) {
            case Token.EOF -> "the end of the statement";
            case KadeSqlParser.IDENT, KadeSqlParser.QUOTED_IDENT -> name ? "" : "a name";
            case KadeSqlParser.STRING, KadeSqlParser.ESCAPE_STRING, KadeSqlParser.DOLLAR_STRING -> "a string";
            case KadeSqlParser.INTEGER, KadeSqlParser.HEX_INTEGER, KadeSqlParser.DECIMAL, KadeSqlParser.APPROXIMATE ->
                "a number";
            case KadeSqlParser.QUERY_OPEN -> "a query in parentheses";
            case KadeSqlParser.LITERAL_LIST -> "";
            case KadeSqlParser.AS_OF -> "AS OF SYSTEM TIME";
            case KadeSqlParser.ASOF_JOIN -> "ASOF JOIN";
            default -> Keywords.isKeyword(type) ? Keywords.spelling(type) : symbol(type);
        };
    }

    private static String symbol(int type) {
        String literal = KadeSqlParser.VOCABULARY.getLiteralName(type);
        return literal == null ? "" : "\"" + literal.substring(1, literal.length() - 1) + "\"";
    }
}
