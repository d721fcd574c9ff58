package io.kadedb.server.remote;

import io.kadedb.common.error.KadeException;

/** A batch that failed: the error of its member, and what became of the members. */
final class BatchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient KadeException error;
    private final String report;
    private final transient long[] counts;

    /** @param counts as of {@link java.sql.BatchUpdateException#getLargeUpdateCounts} */
    BatchFailure(KadeException error, String report, long[] counts) {
        super(error.messageText(), error);
        this.error = error;
        this.report = report;
        this.counts = counts.clone();
    }

    KadeException error() {
        return error;
    }

    /** The whole message, with the place in the statement's text. */
    String report() {
        return report;
    }

    long[] counts() {
        return counts.clone();
    }
}
