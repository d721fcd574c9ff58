package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.HeapRow;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.LatestRows.Answer;
import io.kadedb.storage.api.LatestWrites;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.format.v1.DeltaEncoder;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.CommittedRows;
import io.kadedb.storage.table.StorageErrors;
import io.kadedb.storage.transaction.TransactionLocks.Row;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows written at the newest version, under their locks. The commit is checked as any other: the row and the table's
 * definition must be as they were read.
 */
final class LatestTableWrites implements LatestWrites {
    /** A larger row is staged. */
    private static final int MAX_VALUE_BYTES = SmallStatement.MAX_ROW_BYTES;

    private static final long[] NOTHING = {};

    private final TableStore store;
    private final KeySpace keySpace;
    private final TableDefinition table;
    private final LatestTableRows latest;
    private final CommittedRows rows;
    private final TransactionLocks locks;
    private final DeltaEncoder encoder;
    private final byte[] fence;
    private final byte[] rowIds;
    private final int[] required;
    private final int[] keyOrdinals;
    private final HeapRow key;
    private final HeapRow old;
    private final HeapRow changed;

    LatestTableWrites(
            TableStore store, TableDefinition table, LatestTableRows latest, CommittedRows rows, String owner) {
        this.store = store;
        this.keySpace = store.storage().keySpace();
        this.table = table;
        this.latest = latest;
        this.rows = rows;
        this.locks = new TransactionLocks(store.locks(), owner);
        this.encoder = new DeltaEncoder(table);
        this.fence = KeyLayout.fence(table.storageId());
        this.rowIds = KeyLayout.rowIdSequence(table.storageId());
        this.required = IntStream.range(0, table.columns().size())
                .filter(i ->
                        !table.columns().get(i).nullable() || table.primaryKey().contains(i))
                .toArray();
        this.keyOrdinals =
                table.primaryKey().stream().mapToInt(Integer::intValue).toArray();
        this.key = new HeapRow(keyOrdinals.length);
        this.old = new HeapRow(table.columns().size());
        this.changed = new HeapRow(table.columns().size());
    }

    /** What is written under a key; null to leave it to a transaction. */
    private interface Writing {
        byte @Nullable [] value();
    }

    @Override
    public Outcome update(HeapRow sought, Change change, Supplier<StatementControl> control) {
        return write(sought, RowLockMode.NO_KEY_UPDATE, false, control, () -> {
            DeltaEncoder.Head head = rows.head();
            return head != null && change.of(old, changed) && hasRequired(changed)
                    ? encoder.put(head.rowId(), head.hides(), changed)
                    : null;
        });
    }

    @Override
    public Outcome delete(HeapRow sought, Supplier<StatementControl> control) {
        return write(sought, RowLockMode.UPDATE, false, control, () -> {
            DeltaEncoder.Head head = rows.head();
            return head == null ? null : encoder.tombstone(head.rowId(), head.hides());
        });
    }

    @Override
    public Outcome insert(HeapRow row, Supplier<StatementControl> control) {
        if (!hasRequired(row)) {
            return Outcome.UNKNOWN;
        }
        for (int i = 0; i < keyOrdinals.length; i++) {
            key.set(i, row, keyOrdinals[i]);
        }
        return write(key, RowLockMode.UPDATE, true, control, () -> {
            long rowId = store.storage().sequences().next(rowIds);
            return encoder.put(rowId, NOTHING, row);
        });
    }

    private boolean hasRequired(HeapRow row) {
        for (int ordinal : required) {
            if (row.isNull(ordinal)) {
                return false;
            }
        }
        return true;
    }

    private Outcome write(
            HeapRow sought, RowLockMode mode, boolean isNew, Supplier<StatementControl> control, Writing writing) {
        store.ensureOpen();
        byte[] logical = rows.logical(sought);
        if (logical == null) {
            return Outcome.UNKNOWN;
        }
        int written;
        try {
            locks.await(table, new Row(logical, () -> ValueText.key(table, sought)), mode, control);
            long version = latest.version();
            Answer answer = version < 0 ? Answer.UNKNOWN : rows.read(version, logical, sought, old);
            if (answer == Answer.UNKNOWN || !latest.isStill()) {
                return Outcome.UNKNOWN;
            }
            if (answer == Answer.MISSING && !isNew) {
                return Outcome.MISSING;
            }
            byte[] value = answer == Answer.FOUND && isNew ? null : writing.value();
            if (value == null || value.length > MAX_VALUE_BYTES) {
                return Outcome.UNKNOWN;
            }
            keySpace.commitStamped(version, List.of(logical, fence), List.of(logical), List.of(value));
            written = logical.length + value.length;
        } catch (CompletionException | FDBException e) {
            if (KeySpaceErrors.NOT_COMMITTED.matches(e) || KeySpaceErrors.TRANSACTION_TOO_OLD.matches(e)) {
                return Outcome.UNKNOWN;
            }
            throw StorageErrors.translate(e);
        } finally {
            locks.release(0);
        }
        store.maintenance().written(table, new TableActivity.Backlog(1, written));
        return Outcome.WRITTEN;
    }
}
