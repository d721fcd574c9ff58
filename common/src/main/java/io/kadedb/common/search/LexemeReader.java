package io.kadedb.common.search;

import org.jspecify.annotations.Nullable;

/** Reads one lexeme as it is written within a tsvector or tsquery: bare, or in quotes, with backslashes before anything. */
final class LexemeReader {
    private final String text;
    private int end;

    LexemeReader(String text) {
        this.text = text;
    }

    int skipBlanks(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** One beyond the lexeme read last. */
    int end() {
        return end;
    }

    /**
     * The lexeme that begins at a place; null if none does, or it does not end.
     *
     * @param stops characters that end a bare one, besides blanks
     */
    @Nullable
    String read(int from, String stops) {
        StringBuilder lexeme = new StringBuilder();
        int at = from;
        boolean quoted = at < text.length() && text.charAt(at) == '\'';
        if (quoted) {
            at++;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                if (at + 1 == text.length()) {
                    end = at;
                    return null;
                }
                lexeme.append(text.charAt(at + 1));
                at += 2;
            } else if (quoted && c == '\'') {
                if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                    lexeme.append('\'');
                    at += 2;
                } else {
                    end = at + 1;
                    return lexeme.toString();
                }
            } else if (!quoted && (Character.isWhitespace(c) || stops.indexOf(c) >= 0)) {
                break;
            } else {
                lexeme.append(c);
                at++;
            }
        }
        end = at;
        return quoted || lexeme.isEmpty() ? null : lexeme.toString();
    }
}
