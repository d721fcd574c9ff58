package io.kadedb.server.session;

import io.kadedb.common.control.CancelToken;
import io.kadedb.storage.api.SqlTransaction;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a session lends the statements that it runs directly.
 *
 * @param unchanged whether a statement means what it did when it was planned
 * @param alone whether a statement is a transaction of its own
 * @param block runs statements in the session's block
 * @param running who waits, to be canceled with the session
 * @param lockTimeoutMillis how long a write waits for a row
 */
record DirectSession(
        BooleanSupplier unchanged,
        BooleanSupplier alone,
        Block block,
        Set<CancelToken> running,
        long lockTimeoutMillis) {
    /** The block that a session is in. */
    interface Block {
        /**
         * Runs work in the block, which begins now if none is open and autocommit is off; null where that cannot be.
         *
         * @param possible asked once the block is open
         */
        <T> @Nullable T run(BooleanSupplier possible, Function<SqlTransaction, T> work);
    }

    /** Runs work in the block if the statement means the same there. */
    <T> T within(Function<SqlTransaction, T> work, T otherwise) {
        T result = block.run(unchanged, work);
        return result == null ? otherwise : result;
    }
}
