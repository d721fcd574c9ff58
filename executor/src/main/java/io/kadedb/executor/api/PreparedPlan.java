package io.kadedb.executor.api;

import io.kadedb.common.catalog.TableDefinition;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A plan that one client runs again and again: what does not change from one run to the next is kept. Belongs to one
 * thread at a time.
 */
public interface PreparedPlan extends AutoCloseable {
    /** Starts the plan, as {@link PlanExecutor#execute} does. */
    QueryResult execute(QueryContext context);

    /** What it does, if it only reads columns of the row of one primary key. */
    Optional<KeyRead> keyRead();

    /** What it does, if it only writes the row of one primary key. */
    Optional<KeyWrite> keyWrite(LongFunction<TableDefinition> tables);

    /** Frees what is kept, as soon as no result is open. */
    @Override
    void close();
}
