package io.kadedb.common.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that reaches users. Its message is a sentence in lower case without a full stop, naming what was
 * wrong; the hint says what to do or names what exists. The code says who can act on it.
 */
public final class KadeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient @Nullable SourcePosition position;
    private final @Nullable String detail;
    private final @Nullable String hint;

    private KadeException(
            ErrorCode code,
            String message,
            @Nullable SourcePosition position,
            @Nullable String detail,
            @Nullable String hint,
            @Nullable Throwable cause) {
        // Conflicts are a part of normal work, met and overcome in numbers: where they were found tells nobody
        // anything.
        super(message, cause, true, code.kind() != ErrorKind.RETRYABLE);
        this.code = code;
        this.position = position;
        this.detail = detail;
        this.hint = hint;
    }

    public static KadeException of(ErrorCode code, String message) {
        return new KadeException(code, message, null, null, null, null);
    }

    public static KadeException of(ErrorCode code, String message, @Nullable Throwable cause) {
        return new KadeException(code, message, null, null, null, cause);
    }

    /** A bug: reports {@code XX000}. */
    public static KadeException internal(String message, @Nullable Throwable cause) {
        return new KadeException(ErrorCode.INTERNAL_ERROR, message, null, null, null, cause);
    }

    public KadeException at(@Nullable SourcePosition place) {
        return new KadeException(code, messageText(), place, detail, hint, this);
    }

    public KadeException hint(@Nullable String text) {
        return new KadeException(code, messageText(), position, detail, text, getCause());
    }

    /** With what more there is to say about the values at fault; a full sentence, as PostgreSQL's DETAIL. */
    public KadeException detail(@Nullable String text) {
        return new KadeException(code, messageText(), position, text, hint, getCause());
    }

    public ErrorCode code() {
        return code;
    }

    public String messageText() {
        String message = getMessage();
        return message == null ? code.description() : message;
    }

    public Optional<SourcePosition> position() {
        return Optional.ofNullable(position);
    }

    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    /**
     * The full report: message, place, the source line with a caret below the offending text, the detail and the
     * hint.
     *
     * @param statement the text the position points into
     */
    public String report(String statement) {
        StringBuilder report = new StringBuilder(messageText());
        if (position != null) {
            report.append("\n  at line ")
                    .append(position.line())
                    .append(", column ")
                    .append(position.column());
            appendCaret(report, statement, position);
        }
        if (detail != null) {
            report.append("\n  detail: ").append(detail);
        }
        if (hint != null) {
            report.append("\n  hint: ").append(hint);
        }
        return report.toString();
    }

    private static void appendCaret(StringBuilder report, String statement, SourcePosition place) {
        String[] lines = statement.split("\\R", -1);
        if (place.line() > lines.length) {
            return;
        }
        String line = lines[place.line() - 1];
        int from = Math.min(place.column() - 1, line.length());
        int width = Math.max(1, Math.min(place.length(), line.length() - from));
        // Long lines are cut around the caret, so that the report fits a terminal.
        int start = Math.max(0, from - 60);
        int end = Math.min(line.length(), from + Math.max(width, 1) + 40);
        report.append("\n  | ").append(start > 0 ? "..." : "").append(line, start, end);
        report.append("\n  | ").append(" ".repeat(from - start + (start > 0 ? 3 : 0)));
        report.append("^".repeat(Math.min(width, Math.max(1, end - from))));
    }
}
