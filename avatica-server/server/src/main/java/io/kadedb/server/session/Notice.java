package io.kadedb.server.session;

/**
 * Something the user should know that is no error, e.g. that IF EXISTS found nothing.
 *
 * @param sqlState {@code 00000} for plain notices, else the class of the warning
 * @param statement of the client whose last run said so; {@link #NO_STATEMENT} for none, or if it has run again since
 */
public record Notice(String sqlState, String message, int statement) {
    /** The number of no statement. */
    public static final int NO_STATEMENT = Integer.MIN_VALUE;

    Notice(String sqlState, String message) {
        this(sqlState, message, NO_STATEMENT);
    }

    static Notice of(String message) {
        return new Notice("00000", message);
    }

    Notice saidBy(int number) {
        return new Notice(sqlState, message, number);
    }
}
