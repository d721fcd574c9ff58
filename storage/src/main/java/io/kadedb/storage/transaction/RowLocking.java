package io.kadedb.storage.transaction;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.LockPolicy;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.table.ValueText;
import io.kadedb.storage.transaction.TransactionLocks.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Locks rows that a statement read and does not write. */
final class RowLocking {
    private final TableChanges changes;
    private final TransactionLocks locks;
    private final WriteGuard guard;

    RowLocking(TableChanges changes, TransactionLocks locks, WriteGuard guard) {
        this.changes = changes;
        this.locks = locks;
        this.guard = guard;
    }

    /** Locks the rows of keys, and gives the places of those that it has got. */
    int[] lock(Batch keys, RowLockMode mode, LockPolicy policy) {
        KeyEncoding encoding =
                new KeyEncoding(changes.table(), changes.storage().hash());
        List<ColumnBuffer> key = new ArrayList<>();
        for (ColumnVector column : keys.columns()) {
            ColumnBuffer buffer = new ColumnBuffer(column.type(), keys.length());
            buffer.addAll(column, 0, keys.length());
            key.add(buffer);
        }
        int mark = locks.mark();
        int[] locked = new int[keys.length()];
        int count = 0;
        ReadSet claims = new ReadSet();
        for (int i = 0; i < keys.length(); i++) {
            int row = i;
            byte[] logical = encoding.logical(key, row);
            if (locks.lock(
                    changes.table(), new Row(logical, () -> ValueText.key(changes.table(), key, row)), mode, policy)) {
                claims.add(logical);
                locked[count++] = i;
            }
        }
        try {
            guard.checkUnchanged(claims::addReadConflicts);
        } catch (KadeException e) {
            if (policy == LockPolicy.SKIP_LOCKED) {
                // The statement is run again and may find other rows.
                locks.release(mark);
            }
            throw e;
        }
        return count == locked.length ? locked : Arrays.copyOf(locked, count);
    }
}
