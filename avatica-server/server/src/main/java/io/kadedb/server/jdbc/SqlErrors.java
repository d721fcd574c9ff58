package io.kadedb.server.jdbc;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;

/** Turns the database's errors into JDBC's: the SQLSTATE, the subclass JDBC has for it, and the full report as message. */
public final class SqlErrors {
    private SqlErrors() {}

    /** @param text what was executed, for the line with the caret; empty if there was none */
    public static SQLException of(KadeException error, String text) {
        String message = error.report(text);
        String state = error.code().sqlState();
        SQLException translated = switch (state.substring(0, 2)) {
            case "08" -> new SQLNonTransientConnectionException(message, state);
            case "0A" -> new SQLFeatureNotSupportedException(message, state);
            case "22" -> new SQLDataException(message, state);
            case "23" -> new SQLIntegrityConstraintViolationException(message, state);
            case "40" -> new SQLTransactionRollbackException(message, state);
            case "42" -> new SQLSyntaxErrorException(message, state);
            default ->
                error.code() == ErrorCode.QUERY_CANCELED && message.contains("time-out")
                        ? new SQLTimeoutException(message, state)
                        : new SQLException(message, state);
        };
        // The cause carries the code for those who embed the database; its trace says nothing to a user.
        translated.initCause(error);
        return translated;
    }

    static SQLException of(ErrorCode code, String message) {
        return of(KadeException.of(code, message), "");
    }

    static SQLException unsupported(String what) {
        return of(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported");
    }

    static SQLException closed(String what) {
        return of(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "the " + what + " is closed");
    }
}
