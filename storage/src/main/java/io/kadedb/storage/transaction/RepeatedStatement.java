package io.kadedb.storage.transaction;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import java.util.function.Supplier;

/** A statement that is run again while it has to wait for locks, or can move to a newer snapshot. */
final class RepeatedStatement {
    private RepeatedStatement() {}

    /**
     * Runs work as a statement of a transaction.
     *
     * @throws KadeException what the work fails with; 40001 only where running it again cannot help
     */
    static <T> T run(SqlTransaction transaction, StatementControl control, Supplier<T> work) {
        while (true) {
            transaction.beginStatement(control);
            boolean done = false;
            try {
                T result = work.get();
                transaction.endStatement();
                done = true;
                return result;
            } catch (KadeException e) {
                transaction.rollbackStatement();
                done = true;
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE) {
                    throw e;
                }
                boolean waited = transaction.awaitLocks();
                if (!transaction.refresh() && !waited) {
                    throw e;
                }
                control.cancel().checkpoint();
            } finally {
                if (!done) {
                    transaction.rollbackStatement();
                }
            }
        }
    }
}
