package io.kadedb.executor.api;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a running plan, pulled by the client. Closing it early stops the plan. */
public interface QueryResult extends AutoCloseable {
    List<Field> columns();

    /**
     * The next rows, plain vectors valid until the next call; null at the end.
     *
     * @throws io.kadedb.common.error.KadeException whatever the plan fails with, 57014 when cancelled
     */
    @Nullable
    Batch next();

    /** What each operator did so far; complete once {@link #next} gave null. For EXPLAIN ANALYZE. */
    QueryProfile profile();

    @Override
    void close();
}
