package io.kadedb.jdbc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server said about a failure, in parts; the cause of the {@code SQLException} whose message is the whole. */
public final class ServerError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final @Nullable String hint;
    private final int line;
    private final int column;
    private final int length;

    ServerError(String text, @Nullable String hint, int line, int column, int length) {
        super(text, null, false, false);
        this.text = text;
        this.hint = hint;
        this.line = line;
        this.column = column;
        this.length = length;
    }

    /** The sentence alone, without place and hint. */
    public String text() {
        return text;
    }

    /** What to do about it. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    /** The line of the statement's text the error points to, from 1; 0 if it points nowhere. */
    public int line() {
        return line;
    }

    /** The column, from 1; 0 if the error points nowhere. */
    public int column() {
        return column;
    }

    /** How many characters it points to. */
    public int length() {
        return length;
    }
}
