package io.kadedb.executor.api;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.planner.physical.Expr;
import io.kadedb.storage.api.SqlTransaction;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a plan needs while it runs.
 *
 * @param tables finds a table's definition by id, as the planner saw it
 * @param parameters values as in {@link Expr.Literal}, of the types the plan declares
 * @param sessionValues values as in {@link Expr.Literal}
 * @param functions what functions ask of the session
 * @param timeZone for casts between TIMESTAMPTZ and everything else
 * @param memoryLimitBytes what the statement may hold at most
 * @param threads at most so many workers
 * @param input what the client sends, for COPY FROM STDIN
 * @param notices takes what the user should know that is no error, from any thread
 */
public record QueryContext(
        SqlTransaction transaction,
        LongFunction<TableDefinition> tables,
        List<@Nullable Object> parameters,
        Function<Expr.SessionValue.Kind, Object> sessionValues,
        SessionFunctions functions,
        ZoneId timeZone,
        CancelToken cancel,
        long memoryLimitBytes,
        int threads,
        Optional<ClientInput> input,
        Consumer<String> notices) {
    /** For plans that read nothing of what the client sends. */
    public QueryContext(
            SqlTransaction transaction,
            LongFunction<TableDefinition> tables,
            List<@Nullable Object> parameters,
            Function<Expr.SessionValue.Kind, Object> sessionValues,
            SessionFunctions functions,
            ZoneId timeZone,
            CancelToken cancel,
            long memoryLimitBytes,
            int threads) {
        this(
                transaction,
                tables,
                parameters,
                sessionValues,
                functions,
                timeZone,
                cancel,
                memoryLimitBytes,
                threads,
                Optional.empty(),
                notice -> {});
    }
}
