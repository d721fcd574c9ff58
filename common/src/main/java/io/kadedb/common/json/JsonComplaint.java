package io.kadedb.common.json;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Finds what is wrong with a text that is no JSON, in PostgreSQL's words. Only failures come here. */
final class JsonComplaint {
    private static final String END = "The input string ended unexpectedly.";

    private final String json;
    private int at;
    private int tokenFrom;

    private JsonComplaint(String json) {
        this.json = json;
    }

    static KadeException of(String detail) {
        return KadeException.of(ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json")
                .detail(detail);
    }

    /**
     * 22P02 with what is wrong and the line it is in.
     *
     * @param decoding whether strings are decoded, so that U+0000 may be what is wrong
     */
    static KadeException about(String json, boolean decoding) {
        JsonComplaint complaint = new JsonComplaint(json);
        try {
            complaint.document();
        } catch (Wrong e) {
            return of(e.detail + " (JSON data, line " + complaint.line() + ")");
        }
        return of(decoding ? "The text cannot be decoded." : END);
    }

    /** The first thing that is wrong. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final String detail;

        Wrong(String detail) {
            super(detail, null, false, false);
            this.detail = detail;
        }
    }

    private long line() {
        return 1
                + json.substring(0, Math.min(tokenFrom, json.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    /** Reads a token and gives its first character, or 0 at the end. */
    private char next() throws Wrong {
        while (at < json.length() && isSpace(json.charAt(at))) {
            at++;
        }
        tokenFrom = at;
        if (at == json.length()) {
            return 0;
        }
        char c = json.charAt(at);
        switch (c) {
            case '{', '}', '[', ']', ',', ':' -> at++;
            case '"' -> string();
            default -> word();
        }
        return c;
    }

    private String token() {
        return json.substring(tokenFrom, at);
    }

    private void string() throws Wrong {
        at++;
        while (true) {
            if (at >= json.length()) {
                throw new Wrong("Token \"" + token() + "\" is invalid.");
            }
            char c = json.charAt(at++);
            if (c == '"') {
                return;
            }
            if (c < ' ') {
                throw new Wrong("Character with value 0x" + String.format("%02x", (int) c) + " must be escaped.");
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() throws Wrong {
        if (at >= json.length()) {
            throw new Wrong("Token \"" + token() + "\" is invalid.");
        }
        char c = json.charAt(at++);
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (at >= json.length() || Character.digit(json.charAt(at++), 16) < 0) {
                    throw new Wrong("\"\\u\" must be followed by four hexadecimal digits.");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw new Wrong("Escape sequence \"\\" + c + "\" is invalid.");
        }
    }

    private void word() throws Wrong {
        while (at < json.length() && isWord(json.charAt(at))) {
            at++;
        }
        if (at == tokenFrom) {
            at++;
        }
        String word = token();
        boolean known = word.equals("true")
                || word.equals("false")
                || word.equals("null")
                || word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
        if (!known) {
            throw new Wrong("Token \"" + word + "\" is invalid.");
        }
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.' || c == '_' || c >= 0x80;
    }

    private Wrong expected(String what, char first) {
        return new Wrong(first == 0 ? END : "Expected " + what + ", but found \"" + token() + "\".");
    }

    private void document() throws Wrong {
        Deque<Character> open = new ArrayDeque<>();
        value(open, next(), "JSON value");
        while (!open.isEmpty()) {
            boolean object = open.peek() == '}';
            char c = next();
            if (c == open.peek()) {
                open.pop();
            } else if (c == ',') {
                if (object) {
                    key(next(), "string");
                }
                value(open, next(), "JSON value");
            } else {
                throw expected(object ? "\",\" or \"}\"" : "\",\" or \"]\"", c);
            }
        }
        char rest = next();
        if (rest != 0) {
            throw expected("end of input", rest);
        }
    }

    private void key(char first, String what) throws Wrong {
        if (first != '"') {
            throw expected(what, first);
        }
        char colon = next();
        if (colon != ':') {
            throw expected("\":\"", colon);
        }
    }

    /** A value; of a container everything up to its first scalar. */
    private void value(Deque<Character> open, char first, String what) throws Wrong {
        char c = first;
        String wanted = what;
        while (c == '{' || c == '[') {
            boolean object = c == '{';
            open.push(object ? '}' : ']');
            c = next();
            if (c == open.peek()) {
                open.pop();
                return;
            }
            if (object) {
                key(c, "string or \"}\"");
                c = next();
                wanted = "JSON value";
            } else {
                wanted = "array element or \"]\"";
            }
        }
        if (c == 0 || c == '}' || c == ']' || c == ',' || c == ':') {
            throw expected(wanted, c);
        }
    }
}
