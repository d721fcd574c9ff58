package io.kadedb.storage.transaction;

import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.format.v1.Delta;
import org.jspecify.annotations.Nullable;

/** A statement of a transaction block that reads or writes one row. Ends, or has changed nothing. */
final class DirectStatement implements AutoCloseable {
    private final TableTransaction transaction;
    private final TableChanges changes;
    private final TransactionLocks locks;
    private final TransactionSnapshot snapshot;
    private final int sequence;
    private boolean ended;

    DirectStatement(
            TableTransaction transaction,
            TableChanges changes,
            TransactionLocks locks,
            TransactionSnapshot snapshot,
            int sequence) {
        this.transaction = transaction;
        this.changes = changes;
        this.locks = locks;
        this.snapshot = snapshot;
        this.sequence = sequence;
    }

    TransactionSnapshot snapshot() {
        return snapshot;
    }

    int sequence() {
        return sequence;
    }

    /** What earlier statements wrote on a key. */
    @Nullable
    Delta written(byte[] logical) {
        return changes.written(logical);
    }

    void reads(byte[] logical) {
        changes.reads().add(logical);
    }

    /**
     * Claims a key and locks its row; false if somebody is in the way.
     *
     * @throws io.kadedb.common.error.KadeException 40001 when the row was changed since the snapshot
     */
    boolean claims(byte[] logical, RowLockMode mode) {
        if (!locks.tryLock(changes.table(), logical, mode)) {
            return false;
        }
        changes.claims().add(logical);
        changes.guard().checkUnchanged(changes::addStatementClaims);
        return true;
    }

    void write(byte[] logical, byte[] value) {
        changes.pending().put(logical, Delta.own(value));
    }

    void end() {
        transaction.endStatement();
        ended = true;
    }

    @Override
    public void close() {
        if (!ended) {
            transaction.rollbackStatement();
        }
    }
}
