package io.kadedb.jdbc.common;

import java.sql.SQLException;

/** What an application may ask of a statement beside its text. */
final class StatementOptions {
    private static final int MAX_TIMEOUT_SECONDS = Integer.MAX_VALUE / 1_000;

    private int fetchSize;
    private long timeoutMillis;

    /** Rows to have at once; 0 leaves it to the database. */
    int fetchSize() {
        return fetchSize;
    }

    void fetchSize(int rows) throws SQLException {
        fetchSize = checkedFetchSize(rows);
    }

    static int checkedFetchSize(int rows) throws SQLException {
        if (rows < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "a fetch size cannot be " + rows + " rows");
        }
        return rows;
    }

    /** After how long it is cancelled; 0 for never. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    int timeoutSeconds() {
        return Math.toIntExact(timeoutMillis / 1_000);
    }

    void timeoutSeconds(int seconds) throws SQLException {
        timeoutMillis = checkedTimeoutMillis(seconds);
    }

    static long checkedTimeoutMillis(int seconds) throws SQLException {
        if (seconds < 0 || seconds > MAX_TIMEOUT_SECONDS) {
            throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "a time-out cannot be " + seconds + " seconds");
        }
        return seconds * 1_000L;
    }
}
