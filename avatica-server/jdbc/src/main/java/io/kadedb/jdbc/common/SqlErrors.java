package io.kadedb.jdbc.common;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import org.jspecify.annotations.Nullable;

/** JDBC's exceptions: the SQLSTATE, and the subclass JDBC has for it. */
public final class SqlErrors {
    public static final String UNSUPPORTED = "0A000";
    public static final String CANNOT_CONNECT = "08001";
    public static final String CONNECTION_CLOSED = "08003";
    public static final String CONNECTION_FAILURE = "08006";
    public static final String PROTOCOL_VIOLATION = "08P01";
    public static final String OUT_OF_RANGE = "22003";
    public static final String INVALID_PARAMETER = "22023";
    public static final String ARRAY_SUBSCRIPT = "2202E";
    public static final String INVALID_TEXT = "22P02";
    public static final String NO_TRANSACTION = "25P01";
    public static final String INVALID_SAVEPOINT = "3B001";
    public static final String UNDEFINED_COLUMN = "42703";
    public static final String DATATYPE_MISMATCH = "42804";
    public static final String WRONG_OBJECT_TYPE = "42809";
    public static final String UNDEFINED_PARAMETER = "42P02";
    public static final String INVALID_COLUMN_REFERENCE = "42P10";
    public static final String WRONG_STATE = "55000";
    public static final String CANCELED = "57014";
    public static final String IO_ERROR = "58030";

    private SqlErrors() {}

    /** An error of this SQLSTATE, of the subclass JDBC has for it. */
    public static SQLException of(String state, String message, @Nullable Throwable cause) {
        SQLException error = subclass(state, message);
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    /** An error of this SQLSTATE that has no other cause. */
    public static SQLException of(String state, String message) {
        return of(state, message, null);
    }

    private static SQLException subclass(String state, String message) {
        switch (state.substring(0, 2)) {
            case "08":
                return new SQLNonTransientConnectionException(message, state);
            case "0A":
                return new SQLFeatureNotSupportedException(message, state);
            case "22":
                return new SQLDataException(message, state);
            case "23":
                return new SQLIntegrityConstraintViolationException(message, state);
            case "40":
                return new SQLTransactionRollbackException(message, state);
            case "42":
                return new SQLSyntaxErrorException(message, state);
            default:
                return state.equals(CANCELED) && message.contains("time-out")
                        ? new SQLTimeoutException(message, state)
                        : new SQLException(message, state);
        }
    }

    /** 0A000. */
    public static SQLException unsupported(String what) {
        return of(UNSUPPORTED, what + " is not supported");
    }

    /** The use of something that was closed before. */
    public static SQLException closed(String what) {
        return of(WRONG_STATE, "the " + what + " is closed");
    }
}
