package io.kadedb.storage.table;

import com.apple.foundationdb.FDBException;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Errors of the key space as users see them. */
public final class StorageErrors {
    private StorageErrors() {}

    /** The result of a read, or its error as users see it. */
    public static <T extends @Nullable Object> T join(CompletableFuture<T> read) {
        try {
            return read.join();
        } catch (CompletionException | FDBException e) {
            throw translate(e);
        }
    }

    /** The exception to throw for one that a commit, or a check of what was read, has met. */
    public static KadeException ofCommit(Throwable error) {
        if (KeySpaceErrors.TRANSACTION_TOO_OLD.matches(error)) {
            return KadeException.of(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "the transaction ran longer than its snapshot is kept",
                            KeySpaceErrors.unwrap(error))
                    .hint("run it again, or split it into shorter ones");
        }
        return translate(error);
    }

    /** The exception to throw for one of the key space's. */
    public static KadeException translate(Throwable error) {
        Throwable inner = KeySpaceErrors.unwrap(error);
        if (inner instanceof KadeException known) {
            return known;
        }
        if (!(inner instanceof FDBException failure)) {
            return KadeException.internal("the key space failed: " + inner, inner);
        }
        if (KeySpaceErrors.NOT_COMMITTED.matches(failure)) {
            return KadeException.of(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "could not serialize access because of a concurrent transaction",
                            failure)
                    .hint("run the transaction again");
        }
        if (KeySpaceErrors.TRANSACTION_TOO_OLD.matches(failure)) {
            return KadeException.of(
                            ErrorCode.SNAPSHOT_TOO_OLD, "the data that the statement reads is no longer kept", failure)
                    .hint("history is kept for the retention of the database, and no more than its limit of bytes;"
                            + " read a later time, or make the limit greater");
        }
        if (KeySpaceErrors.isMaybeCommitted(failure.getCode())) {
            return KadeException.of(
                            ErrorCode.COMMIT_UNKNOWN, "it is not known whether the transaction was committed", failure)
                    .hint("check before running it again");
        }
        if (KeySpaceErrors.isRetryable(failure.getCode())) {
            return KadeException.of(ErrorCode.SERIALIZATION_FAILURE, "the transaction could not be committed", failure)
                    .hint("run the transaction again");
        }
        if (KeySpaceErrors.TRANSACTION_TOO_LARGE.matches(failure)) {
            return KadeException.of(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "the transaction is too large", failure)
                    .hint("split it into several");
        }
        return KadeException.internal("the key space failed: " + failure.getMessage(), failure);
    }
}
