package io.kadedb.parser.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.grammar.JsonPathLexer;
import io.kadedb.parser.grammar.JsonPathParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** The tokens of a path, keywords told from names, and what is said of a token that does not fit. */
final class PathTokens {
    private static final Map<String, Integer> KEYWORDS = new HashMap<>();
    private static final Set<String> METHODS =
            Arrays.stream(PathMethod.values()).map(PathMethod::text).collect(Collectors.toSet());

    static {
        for (String word : List.of(
                "strict", "lax", "to", "null", "true", "false", "is", "unknown", "exists", "last", "starts", "with")) {
            KEYWORDS.put(word, type(word));
        }
        KEYWORDS.put("like_regex", JsonPathParser.LIKE_REGEX);
        KEYWORDS.put("flag", JsonPathParser.FLAG);
        METHODS.forEach(method -> KEYWORDS.put(method, JsonPathParser.METHOD));
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();

    private PathTokens(String text) {
        this.text = text;
    }

    private static int type(String word) {
        return switch (word) {
            case "strict" -> JsonPathParser.STRICT;
            case "lax" -> JsonPathParser.LAX;
            case "to" -> JsonPathParser.TO;
            case "null" -> JsonPathParser.NULL;
            case "true" -> JsonPathParser.TRUE;
            case "false" -> JsonPathParser.FALSE;
            case "is" -> JsonPathParser.IS;
            case "unknown" -> JsonPathParser.UNKNOWN;
            case "exists" -> JsonPathParser.EXISTS;
            case "last" -> JsonPathParser.LAST;
            case "starts" -> JsonPathParser.STARTS;
            default -> JsonPathParser.WITH;
        };
    }

    /**
     * Reads the tokens of a text.
     *
     * @throws KadeException 42601 for what is no token, 54001 for brackets nested too deeply
     */
    static PathTokens of(String text) {
        PathTokens all = new PathTokens(text);
        JsonPathLexer lexer = new JsonPathLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        int brackets = 0;
        for (Token token = lexer.nextToken(); ; token = lexer.nextToken()) {
            all.check(token);
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                continue;
            }
            brackets += switch (token.getType()) {
                case JsonPathParser.LPAREN, JsonPathParser.LBRACKET -> 1;
                case JsonPathParser.RPAREN, JsonPathParser.RBRACKET -> -1;
                default -> 0;
            };
            if (brackets > JsonPath.MAX_DEPTH / 2) {
                throw tooDeep().at(all.place(token));
            }
            if (token.getType() == JsonPathParser.IDENT) {
                ((CommonToken) token).setType(keyword(token.getText()));
            }
            ((CommonToken) token).setTokenIndex(all.tokens.size());
            all.tokens.add(token);
            if (token.getType() == Token.EOF) {
                return all;
            }
        }
    }

    static KadeException tooDeep() {
        return KadeException.of(
                ErrorCode.STATEMENT_TOO_COMPLEX, "a jsonpath is nested deeper than " + JsonPath.MAX_DEPTH + " levels");
    }

    /** Keywords are written in any case, but for those that JSON has. */
    private static int keyword(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean ofJson = lower.equals("null") || lower.equals("true") || lower.equals("false");
        int type = KEYWORDS.getOrDefault(lower, JsonPathParser.IDENT);
        return ofJson && !lower.equals(word) ? JsonPathParser.IDENT : type;
    }

    private void check(Token token) {
        switch (token.getType()) {
            case JsonPathParser.JUNK -> throw near("trailing junk after numeric literal", token.getText(), token);
            case JsonPathParser.NO_NUMBER -> throw near("invalid numeric literal", token.getText(), token);
            case JsonPathParser.OPEN_STRING, JsonPathParser.OPEN_VARIABLE ->
                throw atEnd("unterminated quoted string", token);
            case JsonPathParser.OPEN_IDENT -> throw atEnd("unexpected end after backslash", token);
            case JsonPathParser.COMMENT -> {
                if (token.getText().length() < 4 || !token.getText().endsWith("*/")) {
                    throw atEnd("unexpected end of comment", token);
                }
            }
            default -> {}
        }
    }

    List<Token> all() {
        return tokens;
    }

    /** The token behind another. */
    Token after(Token token) {
        return tokens.get(Math.min(token.getTokenIndex() + 1, tokens.size() - 1));
    }

    /** 42601: the token cannot stand where it does; of names PostgreSQL shows what ends them. */
    KadeException unexpected(Token token) {
        int end = token.getStopIndex() + 1;
        int type = token.getType();
        boolean word = type == JsonPathParser.IDENT || KEYWORDS.containsValue(type);
        int length = text.codePointCount(0, text.length());
        if (type == Token.EOF || (word && end >= length)) {
            return atEnd("syntax error", token);
        }
        if (type == JsonPathParser.STRING) {
            return near("syntax error", "\"", token);
        }
        if (!word) {
            return near("syntax error", token.getText(), token);
        }
        int from = text.offsetByCodePoints(0, end);
        int to = from;
        while (to < text.length() && " \t\n\r\f".indexOf(text.charAt(to)) >= 0) {
            to++;
        }
        return near("syntax error", text.substring(from, Math.max(to, from + 1)), token);
    }

    KadeException near(String what, String near, Token token) {
        return KadeException.of(ErrorCode.SYNTAX_ERROR, what + " at or near \"" + near + "\" of jsonpath input")
                .at(place(token));
    }

    private KadeException atEnd(String what, Token token) {
        return KadeException.of(ErrorCode.SYNTAX_ERROR, what + " at end of jsonpath input")
                .at(place(token));
    }

    /** Where a token stands in the text. */
    SourcePosition place(Token token) {
        int length = Math.max(1, token.getStopIndex() - token.getStartIndex() + 1);
        return new SourcePosition(token.getLine(), token.getCharPositionInLine() + 1, length);
    }
}
