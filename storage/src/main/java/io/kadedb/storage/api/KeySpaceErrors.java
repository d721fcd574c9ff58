package io.kadedb.storage.api;

import com.apple.foundationdb.FDBException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * FoundationDB's error codes as far as the key space uses them, and which of them a transaction may be retried after.
 * {@code FDBException.isRetryable} asks the native library, so this is asked instead.
 */
public enum KeySpaceErrors {
    TRANSACTION_TOO_OLD(1007, "Transaction is too old to perform reads or be committed"),
    FUTURE_VERSION(1009, "Request for future version"),
    NOT_COMMITTED(1020, "Transaction not committed due to conflict with another transaction"),
    COMMIT_UNKNOWN_RESULT(1021, "Transaction may or may not have committed"),
    TRANSACTION_CANCELLED(1025, "Operation aborted because the transaction was cancelled"),
    TRANSACTION_TIMED_OUT(1031, "Operation aborted because the transaction timed out"),
    TOO_MANY_WATCHES(1032, "Too many watches currently set"),
    ACCESSED_UNREADABLE(1036, "Read or wrote an unreadable key"),
    OPERATION_CANCELLED(1101, "Asynchronous operation cancelled"),
    CLIENT_INVALID_OPERATION(2000, "Invalid API call"),
    KEY_OUTSIDE_LEGAL_RANGE(2004, "Key outside legal range"),
    INVERTED_RANGE(2005, "Range begin key larger than end key"),
    INVALID_OPTION_VALUE(2006, "Option set with an invalid value"),
    READ_VERSION_ALREADY_SET(2010, "Transaction already has a read version set"),
    RANGE_LIMITS_INVALID(2012, "Range limits not valid"),
    USED_DURING_COMMIT(2017, "Operation issued while a commit was outstanding"),
    INVALID_MUTATION_TYPE(2018, "Unrecognized atomic mutation type"),
    NO_COMMIT_VERSION(2021, "Transaction is read-only and therefore does not have a commit version"),
    TRANSACTION_TOO_LARGE(2101, "Transaction exceeds byte limit"),
    KEY_TOO_LARGE(2102, "Key length exceeds limit"),
    VALUE_TOO_LARGE(2103, "Value length exceeds limit"),
    EXACT_MODE_WITHOUT_LIMITS(2210, "EXACT streaming mode requires limits, but none were given");

    private final int code;
    private final String message;

    KeySpaceErrors(int code, String message) {
        this.code = code;
        this.message = message;
    }

    public int code() {
        return code;
    }

    /** A new exception of this kind. */
    public FDBException exception() {
        return new FDBException(message, code);
    }

    /** Whether an error is, or wraps, an exception of this kind. */
    public boolean matches(Throwable error) {
        return unwrap(error) instanceof FDBException known && known.getCode() == code;
    }

    /** The error itself, without the wrappers that futures put around it. */
    public static Throwable unwrap(Throwable error) {
        Throwable inner = error;
        while (inner instanceof CompletionException || inner instanceof ExecutionException) {
            Throwable cause = inner.getCause();
            if (cause == null) {
                return inner;
            }
            inner = cause;
        }
        return inner;
    }

    /** Whether running the transaction again may succeed. */
    public static boolean isRetryable(int code) {
        return isRetryableNotCommitted(code) || isMaybeCommitted(code);
    }

    /** Whether the transaction may have been committed although the commit failed. */
    public static boolean isMaybeCommitted(int code) {
        // commit_unknown_result and cluster_version_changed
        return code == 1021 || code == 1039;
    }

    /** Whether running the transaction again may succeed and it was certainly not committed. */
    public static boolean isRetryableNotCommitted(int code) {
        return switch (code) {
            // not_committed, transaction_too_old, future_version, process_behind, database_locked
            case 1020, 1007, 1009, 1037, 1038 -> true;
            // memory limits of proxies, throttling, blob_granule_request_failed
            case 1042, 1051, 1078, 1079, 1213, 1223 -> true;
            default -> false;
        };
    }
}
