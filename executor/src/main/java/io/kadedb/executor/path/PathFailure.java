package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.function.Supplier;

/** What becomes of errors: some are thrown, others make a part of a path have no result. */
final class PathFailure {
    private boolean thrown;

    PathFailure(boolean thrown) {
        this.thrown = thrown;
    }

    /** Reports an error of the data. */
    Outcome report(ErrorCode code, Supplier<String> message) {
        if (thrown) {
            throw KadeException.of(code, message.get());
        }
        return Outcome.FAILED;
    }

    Outcome report(ErrorCode code, String message) {
        return report(code, () -> message);
    }

    Outcome report(KadeException failure) {
        if (thrown) {
            throw failure;
        }
        return Outcome.FAILED;
    }

    /** Runs something whose errors nobody sees. */
    <T> T quietly(Supplier<T> work) {
        boolean before = thrown;
        thrown = false;
        try {
            return work.get();
        } finally {
            thrown = before;
        }
    }
}
