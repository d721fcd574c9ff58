package io.kadedb.server.remote;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures as Avatica's error responses: SQLSTATE and full report, never a stack trace. Where Avatica's own server puts
 * traces, ours puts the parts of the report for our driver: {@code text: }, {@code hint: }, {@code position: line column
 * length} and {@code counts: } of a batch.
 */
public final class ErrorResponses {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);
    private static final AtomicLong BUGS = new AtomicLong();
    private static final int NO_CODE = 0;

    private ErrorResponses() {}

    /** The response to a request that failed so. */
    public static Service.ErrorResponse of(Throwable failure, Encoding encoding) {
        return switch (failure) {
            case RequestFailure f -> response(f.error(), f.error().report(f.text()), null, encoding);
            case BatchFailure f -> response(f.error(), f.report(), f.counts(), encoding);
            case KadeException e -> response(e, e.report(""), null, encoding);
            case NoSuchConnectionException e ->
                new Service.ErrorResponse(
                        List.of(),
                        "there is no connection \"" + e.getConnectionId() + "\": it was closed, or expired",
                        Service.ErrorResponse.MISSING_CONNECTION_ERROR_CODE,
                        ErrorCode.CONNECTION_DOES_NOT_EXIST.sqlState(),
                        AvaticaSeverity.ERROR,
                        Requests.METADATA);
            default -> bug(failure, encoding);
        };
    }

    private static Service.ErrorResponse bug(Throwable failure, Encoding encoding) {
        String requestId = "r" + BUGS.incrementAndGet();
        LOG.atError().setCause(failure).addKeyValue("requestId", requestId).log("request failed by a bug");
        KadeException report = KadeException.internal("internal error in request " + requestId, failure)
                .hint("this is a bug in KadeDB; the log has the details under the request's id");
        return response(report, report.report(""), null, encoding);
    }

    private static Service.ErrorResponse response(
            KadeException error, String report, long @Nullable [] counts, Encoding encoding) {
        return new Service.ErrorResponse(
                encoding == Encoding.EXACT ? parts(error, counts) : List.of(),
                report,
                NO_CODE,
                error.code().sqlState(),
                AvaticaSeverity.ERROR,
                Requests.METADATA);
    }

    private static List<String> parts(KadeException error, long @Nullable [] counts) {
        List<String> parts = new ArrayList<>();
        parts.add("text: " + error.messageText());
        error.hint().ifPresent(hint -> parts.add("hint: " + hint));
        error.position()
                .ifPresent(
                        place -> parts.add("position: " + place.line() + " " + place.column() + " " + place.length()));
        if (counts != null) {
            parts.add(
                    "counts: " + Arrays.stream(counts).mapToObj(Long::toString).collect(Collectors.joining(" ")));
        }
        return parts;
    }
}
