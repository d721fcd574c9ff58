package io.kadedb.cli.sql;

import java.util.Optional;

/**
 * Cuts a script into statements at its semicolons, but for those in quotes, comments and dollar quotes. What a statement
 * means is left to the database; only where it ends is found here, so that each runs as soon as it is read. A line that
 * begins with a backslash where a statement could begin is a command of the shell.
 */
final class StatementSplitter {
    private final String script;
    private int at;
    private boolean endedBySemicolon;

    StatementSplitter(String script) {
        this.script = script;
    }

    /**
     * A statement and its place in the script.
     *
     * @param line of its first character, from 1
     * @param column of its first character, from 1
     */
    record Piece(String text, int line, int column) {
        boolean isCommand() {
            return text.startsWith("\\");
        }
    }

    /** The next statement that is more than blanks and comments. */
    Optional<Piece> next() {
        while (at < script.length()) {
            int from = skipBlanks(at);
            at = from;
            boolean content = false;
            while (at < script.length() && script.charAt(at) != ';') {
                int before = at;
                if (!content && script.charAt(at) == '\\') {
                    return Optional.of(command());
                }
                at = afterToken(at);
                content |= !isComment(before);
            }
            String text = script.substring(from, at);
            endedBySemicolon = at < script.length();
            at = Math.min(script.length(), at + 1);
            if (content) {
                return Optional.of(new Piece(text.stripTrailing(), lineOf(from), columnOf(from)));
            }
        }
        return Optional.empty();
    }

    /** A command of the shell: to the end of the line. */
    private Piece command() {
        int from = at;
        int end = script.indexOf('\n', from);
        at = end < 0 ? script.length() : end + 1;
        endedBySemicolon = true;
        return new Piece(script.substring(from, end < 0 ? at : end).strip(), lineOf(from), columnOf(from));
    }

    /** Whether each statement of a script is ended by its semicolon, so that a shell runs it; a blank one is. */
    static boolean isComplete(String script) {
        StatementSplitter splitter = new StatementSplitter(script);
        boolean complete = true;
        while (splitter.next().isPresent()) {
            complete = splitter.endedBySemicolon;
        }
        return complete;
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < script.length() && Character.isWhitespace(script.charAt(i))) {
            i++;
        }
        return i;
    }

    private boolean isComment(int i) {
        return Character.isWhitespace(script.charAt(i)) || script.startsWith("--", i) || script.startsWith("/*", i);
    }

    /**
     * The lines behind a COPY that takes them, to a line {@code \.} or the end of the script; what follows them is next.
     */
    String data() {
        int from = script.indexOf('\n', at);
        from = from < 0 ? script.length() : from + 1;
        int line = from;
        while (line < script.length()) {
            int end = script.indexOf('\n', line);
            int next = end < 0 ? script.length() : end + 1;
            if (script.substring(line, end < 0 ? next : end).stripTrailing().equals("\\.")) {
                at = next;
                return script.substring(from, line);
            }
            line = next;
        }
        at = script.length();
        return script.substring(from);
    }

    /** Where what begins at a place ends: a string, a comment, a quoted name, else a character. */
    int afterToken(int i) {
        char c = script.charAt(i);
        if (c == '\'') {
            return afterString(i);
        } else if (c == '"') {
            return after(script.indexOf('"', i + 1), 1);
        } else if (script.startsWith("--", i)) {
            return after(script.indexOf('\n', i), 1);
        } else if (script.startsWith("/*", i)) {
            return afterComment(i);
        } else if (c == '$') {
            return afterDollar(i);
        }
        return i + 1;
    }

    private int after(int found, int length) {
        return found < 0 ? script.length() : found + length;
    }

    private int afterString(int quote) {
        boolean escapes = quote > 0
                && Character.toLowerCase(script.charAt(quote - 1)) == 'e'
                && (quote < 2 || !Character.isLetterOrDigit(script.charAt(quote - 2)));
        for (int i = quote + 1; i < script.length(); i++) {
            char c = script.charAt(i);
            if (c == '\\' && escapes) {
                i++;
            } else if (c == '\'') {
                return i + 1;
            }
        }
        return script.length();
    }

    /** Comments nest, as in PostgreSQL. */
    private int afterComment(int start) {
        int depth = 0;
        for (int i = start; i < script.length(); i++) {
            if (script.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (script.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return script.length();
    }

    private int afterDollar(int start) {
        boolean inName =
                start > 0 && (Character.isLetterOrDigit(script.charAt(start - 1)) || script.charAt(start - 1) == '_');
        int end = start + 1;
        while (end < script.length() && (Character.isLetterOrDigit(script.charAt(end)) || script.charAt(end) == '_')) {
            end++;
        }
        boolean quote = !inName
                && end < script.length()
                && script.charAt(end) == '$'
                && (end == start + 1 || !Character.isDigit(script.charAt(start + 1)));
        if (!quote) {
            return end;
        }
        String tag = script.substring(start, end + 1);
        return after(script.indexOf(tag, end + 1), tag.length());
    }

    private int lineOf(int index) {
        return 1
                + (int) script.substring(0, index)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private int columnOf(int index) {
        return index - script.lastIndexOf('\n', index - 1);
    }
}
