package io.kadedb.parser.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.HexFormat;
import org.antlr.v4.runtime.Token;

/** The text of names and strings, whose escapes are those of JavaScript. */
final class PathStrings {
    private final PathTokens tokens;
    private final Token token;
    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private PathStrings(PathTokens tokens, Token token, String source) {
        this.tokens = tokens;
        this.token = token;
        this.source = source;
    }

    /**
     * The text of a name, a string in quotes, or a variable.
     *
     * @throws KadeException 42601, 22P02 or 22P05 for escapes that stand for nothing
     */
    static String decode(PathTokens tokens, Token token) {
        String text = token.getText();
        int from = text.startsWith("$") ? 1 : 0;
        boolean quoted = text.startsWith("\"", from);
        String source = quoted ? text.substring(from + 1, text.length() - 1) : text.substring(from);
        return source.indexOf('\\') < 0 ? source : new PathStrings(tokens, token, source).decoded();
    }

    private String decoded() {
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c == '\\') {
                escape();
            } else {
                put(c);
            }
        }
        checkPaired('a');
        return out.toString();
    }

    private void put(char c) {
        checkPaired(c);
        out.append(c);
    }

    private void escape() {
        int start = at - 1;
        char c = source.charAt(at++);
        switch (c) {
            case 'b' -> put('\b');
            case 'f' -> put('\f');
            case 'n' -> put('\n');
            case 'r' -> put('\r');
            case 't' -> put('\t');
            case 'v' -> put('\u000B');
            case 'x' -> {
                int end = digits(at, 2);
                if (end != at + 2) {
                    throw tokens.near("invalid hexadecimal character sequence", source.substring(start, end), token);
                }
                put((char) HexFormat.fromHexDigits(source, at, end));
                at = end;
            }
            case 'u' -> unicode(start);
            default -> put(c);
        }
    }

    private void unicode(int start) {
        boolean braces = source.startsWith("{", at);
        int from = braces ? at + 1 : at;
        int end = digits(from, braces ? 6 : 4);
        boolean whole = braces ? end > from && source.startsWith("}", end) : end == from + 4;
        if (!whole) {
            throw tokens.near("invalid Unicode escape sequence", source.substring(start, end), token);
        }
        int point = HexFormat.fromHexDigits(source, from, end);
        at = braces ? end + 1 : end;
        if (point == 0) {
            throw KadeException.of(ErrorCode.UNTRANSLATABLE_CHARACTER, "unsupported Unicode escape sequence")
                    .detail("\\u0000 cannot be converted to text.");
        }
        if (!Character.isValidCodePoint(point)) {
            throw tokens.near("invalid Unicode escape sequence", source.substring(start, at), token);
        }
        for (char c : Character.toChars(point)) {
            put(c);
        }
    }

    private int digits(int from, int most) {
        int end = from;
        while (end < source.length() && end < from + most && HexFormat.isHexDigit(source.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Halves of characters come in pairs. */
    private void checkPaired(char next) {
        boolean open = !out.isEmpty() && Character.isHighSurrogate(out.charAt(out.length() - 1));
        if (open != Character.isLowSurrogate(next)) {
            boolean twice = open && Character.isHighSurrogate(next);
            throw KadeException.of(ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type jsonpath")
                    .detail(
                            twice
                                    ? "Unicode high surrogate must not follow a high surrogate."
                                    : "Unicode low surrogate must follow a high surrogate.");
        }
    }
}
