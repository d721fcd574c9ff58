package io.kadedb.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a script into statements as its lines arrive, so that a shell can run each as soon as it is complete. Knows strings,
 * quoted names, dollar quotes and comments; does not check syntax. For one thread.
 */
public final class ScriptSplitter {
    private final StringBuilder text = new StringBuilder();
    private final List<Piece> ready = new ArrayList<>();
    /** Where scanning goes on, and where the statement at hand begins. */
    private int at;

    private int start;
    /** The line of {@code start}. */
    private int line = 1;

    /**
     * A statement of the script.
     *
     * @param text without the semicolon, comments and blanks before it left out
     * @param line in the script on which the text begins, 1-based
     */
    public record Piece(String text, int line) {}

    /**
     * Takes more of the script.
     *
     * @return the statements that are complete now
     */
    public List<Piece> feed(String more) {
        text.append(more);
        scan(false);
        return drain();
    }

    /** The script is over: what is left is a statement without its semicolon, or unfinished. */
    public Optional<Piece> finish() {
        scan(true);
        cut(text.length());
        return drain().stream().findFirst();
    }

    /** Whether a statement has begun and is not complete; a shell shows another prompt then. */
    public boolean isOpen() {
        return start < text.length();
    }

    private List<Piece> drain() {
        text.delete(0, start);
        at -= start;
        start = 0;
        List<Piece> pieces = List.copyOf(ready);
        ready.clear();
        return pieces;
    }

    private void scan(boolean ended) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                cut(at);
                continue;
            }
            int end = tokenEnd(c);
            if (end < 0) {
                return;
            }
            // A last dash or slash may be the start of a comment.
            if (!ended && end == text.length() && (c == '-' || c == '/')) {
                return;
            }
            skipLeading(end);
            at = end;
        }
    }

    /** Blanks and comments before a statement are not part of it. */
    private void skipLeading(int end) {
        char c = text.charAt(at);
        boolean comment = end > at + 1 && (c == '-' || c == '/');
        if (at == start && (comment || Character.isWhitespace(c))) {
            startAt(end);
        }
    }

    private void startAt(int place) {
        for (int i = start; i < place; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        start = place;
    }

    /** The end of the token that starts here; -1 when it is not all there yet. */
    private int tokenEnd(char c) {
        return switch (c) {
            case '\'' -> quoted('\'', isEscapeString());
            case '"' -> quoted('"', false);
            case '$' -> dollar();
            case '-' -> startsWith("--") ? lineEnd() : at + 1;
            case '/' -> startsWith("/*") ? commentEnd() : at + 1;
            default -> at + 1;
        };
    }

    private boolean startsWith(String prefix) {
        return text.length() > at + 1 && text.charAt(at) == prefix.charAt(0) && text.charAt(at + 1) == prefix.charAt(1);
    }

    private boolean isEscapeString() {
        return at > 0
                && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E')
                && (at == 1 || !Character.isLetterOrDigit(text.charAt(at - 2)));
    }

    private int quoted(char quote, boolean backslashes) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (backslashes && c == '\\') {
                i++;
            } else if (c == quote) {
                // A doubled quote ends one string and starts the next, which comes to the same.
                return i + 1;
            }
        }
        return -1;
    }

    private int dollar() {
        if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
            return at + 1;
        }
        int tagEnd = at + 1;
        while (tagEnd < text.length()
                && (Character.isLetterOrDigit(text.charAt(tagEnd)) || text.charAt(tagEnd) == '_')) {
            tagEnd++;
        }
        if (tagEnd >= text.length()) {
            return -1;
        }
        if (text.charAt(tagEnd) != '$' || Character.isDigit(text.charAt(at + 1))) {
            return at + 1;
        }
        String tag = text.substring(at, tagEnd + 1);
        int close = text.indexOf(tag, tagEnd + 1);
        return close < 0 ? -1 : close + tag.length();
    }

    private int lineEnd() {
        int end = text.indexOf("\n", at);
        return end < 0 ? -1 : end + 1;
    }

    private int commentEnd() {
        int depth = 1;
        int i = at + 2;
        while (i + 1 < text.length()) {
            if (text.charAt(i) == '*' && text.charAt(i + 1) == '/') {
                i += 2;
                if (--depth == 0) {
                    return i;
                }
            } else if (text.charAt(i) == '/' && text.charAt(i + 1) == '*') {
                depth++;
                i += 2;
            } else {
                i++;
            }
        }
        return -1;
    }

    private void cut(int end) {
        String statement = text.substring(start, end).strip();
        if (!statement.isEmpty()) {
            ready.add(new Piece(statement, line));
        }
        at = Math.min(end + 1, text.length());
        startAt(at);
    }
}
