package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.ErrorKind;
import io.kadedb.common.error.KadeException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a statement fails with into what the user is told; bugs are logged under an id. */
final class FailureReport {
    private final String sessionId;
    private final AtomicLong failures = new AtomicLong();
    private static final int MAX_CAUSES = 100;

    private volatile @Nullable KadeException last;

    FailureReport(String sessionId) {
        this.sessionId = sessionId;
    }

    KadeException of(Throwable failure) {
        if (failure instanceof KadeException known
                && (known.code().kind() != ErrorKind.INTERNAL || known.equals(last))) {
            return known;
        }
        if (isStackOverflow(failure)) {
            return KadeException.of(ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", failure);
        }
        if (failure instanceof OutOfMemoryError) {
            return KadeException.of(ErrorCode.OUT_OF_MEMORY, "the process has no memory left", failure);
        }
        String queryId = sessionId + "-" + failures.incrementAndGet();
        Loggers.LOG.atError().setCause(failure).addKeyValue("queryId", queryId).log("statement failed by a bug");
        // What a library says of itself may be pages of plans, and is for the log.
        String what = failure instanceof KadeException ours
                ? ours.getMessage()
                : failure.getClass().getSimpleName();
        KadeException report = KadeException.of(
                        ErrorCode.INTERNAL_ERROR, "internal error in query " + queryId + ": " + what, failure)
                .hint("this is a bug in KadeDB; the log has the details under the query's id");
        last = report;
        return report;
    }

    /** Loaded when something is to be logged, since logging takes its time to start. */
    private static final class Loggers {
        static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);
    }

    /** Whatever it is wrapped in: libraries report what fails within them as failures of their own. */
    private static boolean isStackOverflow(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof StackOverflowError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
