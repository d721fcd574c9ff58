package io.kadedb.executor.kernel;

import io.kadedb.common.control.CancelToken;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.SessionFunctions;
import io.kadedb.planner.physical.Expr;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What compiled expressions read besides their batch.
 *
 * @param parameters as in {@link QueryContext}
 * @param sessionValues as in {@link QueryContext}
 * @param functions as in {@link QueryContext}; null where no expression asks the session
 * @param timeZone for casts between TIMESTAMPTZ and everything else
 * @param cancel what work within a row checks that may take long
 * @param outer the rows {@code OuterColumn}s read
 */
public record EvaluationContext(
        List<@Nullable Object> parameters,
        Function<Expr.SessionValue.Kind, Object> sessionValues,
        @Nullable SessionFunctions functions,
        ZoneId timeZone,
        CancelToken cancel,
        OuterRows outer) {
    /** For expressions outside any Apply. */
    public static EvaluationContext of(QueryContext query) {
        return new EvaluationContext(
                query.parameters(),
                query.sessionValues(),
                query.functions(),
                query.timeZone(),
                query.cancel(),
                new OuterRows());
    }

    /** For expressions that read neither parameters nor session values nor outer rows. */
    public static EvaluationContext ofColumns(ZoneId timeZone) {
        return new EvaluationContext(
                List.of(),
                kind -> {
                    throw new IllegalStateException("no session to read " + kind + " from");
                },
                null,
                timeZone,
                CancelToken.unbounded(),
                new OuterRows());
    }

    /** The same with outer rows of its own. */
    public EvaluationContext withOwnOuterRows() {
        return new EvaluationContext(parameters, sessionValues, functions, timeZone, cancel, new OuterRows());
    }
}
