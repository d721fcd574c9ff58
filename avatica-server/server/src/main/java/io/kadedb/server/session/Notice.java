package io.kadedb.server.session;

/**
 * Something the user should know that is no error, e.g. that IF EXISTS found nothing.
 *
 * @param sqlState {@code 00000} for plain notices, else the class of the warning
 */
public record Notice(String sqlState, String message) {
    static Notice of(String message) {
        return new Notice("00000", message);
    }
}
