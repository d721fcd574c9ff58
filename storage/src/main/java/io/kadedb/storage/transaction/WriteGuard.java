package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.table.KeyRange;
import io.kadedb.storage.table.StorageErrors;
import io.kadedb.storage.transaction.TransactionLocks.Row;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Stands before the writes of a transaction: a row is written only while it is locked and as the running statement saw
 * it. What was changed meanwhile is 40001, after which the statement may be run again on a newer version, with its locks.
 */
final class WriteGuard {
    private final KeySpace keySpace;
    private final TransactionLocks locks;
    private final LongSupplier version;

    /** @param version what the running statement reads */
    WriteGuard(KeySpace keySpace, TransactionLocks locks, LongSupplier version) {
        this.keySpace = keySpace;
        this.locks = locks;
        this.version = version;
    }

    /** Locks rows that the running statement claims. */
    void lock(TableChanges changes, List<Row> rows, RowLockMode mode) {
        if (!rows.isEmpty()) {
            locks.lockAll(changes.table(), rows, mode);
            checkUnchanged(changes::addStatementClaims);
        }
    }

    /** Lets rows be added that nobody else can have, unless their table is locked. */
    void addRows(TableChanges changes) {
        locks.lockForNewRows(changes.table());
    }

    /** Locks ranges that the running statement claims. */
    void lockRanges(TableChanges changes, ReadSet keys) {
        List<KeyRange> ranges = keys.toRanges();
        if (!ranges.isEmpty()) {
            ranges.sort(Comparator.comparing(KeyRange::begin, java.util.Arrays::compareUnsigned));
            ranges.forEach(range -> locks.lockRange(changes.table(), range));
            checkUnchanged(changes::addStatementClaims);
        }
    }

    /**
     * Makes sure that keys are as the running statement sees them.
     *
     * @param conflicts declares the keys as read
     */
    void checkUnchanged(Consumer<Transaction> conflicts) {
        if (keySpace.currentVersion() == version.getAsLong()) {
            return;
        }
        try (Transaction transaction = keySpace.transactionAt(version.getAsLong())) {
            conflicts.accept(transaction);
            keySpace.validate(transaction);
        } catch (FDBException e) {
            if (KeySpaceErrors.NOT_COMMITTED.matches(e)) {
                throw KadeException.of(
                                ErrorCode.SERIALIZATION_FAILURE,
                                "could not serialize access due to concurrent update",
                                e)
                        .hint("run the transaction again");
            }
            throw StorageErrors.ofCommit(e);
        }
    }
}
