package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that runs or has run: its rows, if it gives any, and its outcome. Used by one thread; only cancelling, by
 * the token the statement was started with, is for other threads.
 */
public interface Portal extends AutoCloseable {
    /** {@link #updateCount} of a statement that only reads. */
    long NO_COUNT = -1;

    /** Whether it gives rows, perhaps none; definitions do not, and modifications only with RETURNING. */
    boolean hasRows();

    /** The columns of its rows; empty where there are none. */
    List<Field> columns();

    /**
     * The next rows as plain vectors, valid until the next call; null at the end.
     *
     * @throws io.kadedb.common.error.KadeException whatever the statement fails with, 57014 when cancelled
     */
    @Nullable
    Batch next();

    /** Rows written, 0 for definitions, or {@link #NO_COUNT} when it only reads. */
    long updateCount();

    /** As PostgreSQL's command tag: {@code INSERT 0 3}; for queries the rows given so far. */
    String commandTag();

    /** Stops the statement if it still runs. */
    @Override
    void close();
}
