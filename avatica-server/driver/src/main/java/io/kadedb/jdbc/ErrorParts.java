package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** Error responses of the server as JDBC's exceptions. */
final class ErrorParts {
    private static final String UNKNOWN_STATE = "XX000";

    private ErrorParts() {}

    static SQLException toException(Service.ErrorResponse response) {
        List<String> parts = response.exceptions == null ? List.of() : response.exceptions;
        String message = response.errorMessage == null ? "the server says no more" : response.errorMessage;
        String state = response.sqlState == null || response.sqlState.length() != 5 ? UNKNOWN_STATE : response.sqlState;
        long[] place = numbers(part(parts, "position: "));
        String text = part(parts, "text: ");
        ServerError cause = new ServerError(
                text == null ? message : text,
                part(parts, "hint: "),
                place.length == 3 ? (int) place[0] : 0,
                place.length == 3 ? (int) place[1] : 0,
                place.length == 3 ? (int) place[2] : 0);
        String counts = part(parts, "counts: ");
        if (counts == null) {
            return SqlErrors.of(state, message, cause);
        }
        BatchUpdateException batch = new BatchUpdateException(message, state, 0, numbers(counts), cause);
        batch.setNextException(SqlErrors.of(state, message, cause));
        return batch;
    }

    private static @Nullable String part(List<String> parts, String name) {
        for (String part : parts) {
            if (part.startsWith(name)) {
                return part.substring(name.length());
            }
        }
        return null;
    }

    private static long[] numbers(@Nullable String text) {
        return text == null || text.isBlank()
                ? new long[0]
                : Arrays.stream(text.trim().split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();
    }
}
