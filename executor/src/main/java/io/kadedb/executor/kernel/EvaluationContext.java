package io.kadedb.executor.kernel;

import io.kadedb.executor.api.QueryContext;

/**
 * What compiled expressions read besides their batch.
 *
 * @param query parameters, session values and time zone
 * @param outer the rows {@code OuterColumn}s read
 */
public record EvaluationContext(QueryContext query, OuterRows outer) {
    /** For expressions outside any Apply. */
    public static EvaluationContext of(QueryContext query) {
        return new EvaluationContext(query, new OuterRows());
    }
}
