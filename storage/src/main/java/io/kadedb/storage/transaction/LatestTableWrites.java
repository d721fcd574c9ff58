package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.LatestRows.Answer;
import io.kadedb.storage.api.LatestWrites;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.DeltaEncoder;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.CommittedRows;
import io.kadedb.storage.table.StorageErrors;
import io.kadedb.storage.table.ValueText;
import io.kadedb.storage.transaction.TransactionLocks.Row;
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
    /** The sequence of the statement of a transaction that has one. */
    private static final int ALONE = 1;

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
    private final Updating updating;
    private final Inserting inserting;
    private final Writing removal = this::tombstone;

    LatestTableWrites(
            TableStore store, TableDefinition table, LatestTableRows latest, CommittedRows rows, String owner) {
        this.store = store;
        this.keySpace = store.storage().keySpace();
        this.table = table;
        this.latest = latest;
        this.rows = rows;
        this.locks = new TransactionLocks(store.lockTable(), store.lockWaiting(), owner);
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
        this.updating = new Updating();
        this.inserting = new Inserting();
    }

    /** What is written under a key. Made once, as no statement is written while another is. */
    private interface Writing {
        /** The value; null to leave it to a transaction. */
        byte @Nullable [] value(int sequence, DeltaEncoder.@Nullable Head head);
    }

    private final class Updating implements Writing {
        private Change change = (before, after) -> false;

        Updating with(Change next) {
            change = next;
            return this;
        }

        @Override
        public byte @Nullable [] value(int sequence, DeltaEncoder.@Nullable Head head) {
            return head != null && change.of(old, changed) && hasRequired(changed)
                    ? encoder.put(sequence, head.rowId(), head.hides(), changed)
                    : null;
        }
    }

    private final class Inserting implements Writing {
        private HeapRow row = changed;

        Inserting with(HeapRow next) {
            row = next;
            return this;
        }

        @Override
        public byte @Nullable [] value(int sequence, DeltaEncoder.@Nullable Head head) {
            return encoder.put(sequence, store.storage().sequences().next(rowIds), NOTHING, row);
        }
    }

    @Override
    public Outcome update(HeapRow sought, Change change, @Nullable Supplier<StatementControl> control) {
        return write(sought, RowLockMode.NO_KEY_UPDATE, false, control, updating.with(change));
    }

    @Override
    public Outcome update(SqlTransaction within, HeapRow sought, Change change) {
        return write(within, sought, RowLockMode.NO_KEY_UPDATE, false, updating.with(change));
    }

    @Override
    public Outcome delete(HeapRow sought, @Nullable Supplier<StatementControl> control) {
        return write(sought, RowLockMode.UPDATE, false, control, removal);
    }

    @Override
    public Outcome delete(SqlTransaction within, HeapRow sought) {
        return write(within, sought, RowLockMode.UPDATE, false, removal);
    }

    private byte @Nullable [] tombstone(int sequence, DeltaEncoder.@Nullable Head head) {
        return head == null ? null : encoder.tombstone(sequence, head.rowId(), head.hides());
    }

    @Override
    public Outcome insert(HeapRow row, @Nullable Supplier<StatementControl> control) {
        return isInsertable(row) ? write(key, RowLockMode.UPDATE, true, control, inserting.with(row)) : Outcome.UNKNOWN;
    }

    @Override
    public Outcome insert(SqlTransaction within, HeapRow row) {
        return isInsertable(row) ? write(within, key, RowLockMode.UPDATE, true, inserting.with(row)) : Outcome.UNKNOWN;
    }

    private boolean isInsertable(HeapRow row) {
        if (!hasRequired(row)) {
            return false;
        }
        for (int i = 0; i < keyOrdinals.length; i++) {
            key.set(i, row, keyOrdinals[i]);
        }
        return true;
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
            HeapRow sought,
            RowLockMode mode,
            boolean isNew,
            @Nullable Supplier<StatementControl> control,
            Writing writing) {
        store.ensureOpen();
        byte[] logical = rows.logical(sought);
        if (logical == null) {
            return Outcome.UNKNOWN;
        }
        int written;
        try {
            if (!locks.tryLockOne(table, logical, mode)) {
                if (!isNew && isMissing(logical, sought)) {
                    return Outcome.MISSING;
                }
                if (control == null) {
                    return Outcome.UNKNOWN;
                }
                locks.await(table, new Row(logical, () -> ValueText.key(table, sought)), mode, control);
            }
            long version = latest.version();
            Answer answer = version < 0 ? Answer.UNKNOWN : rows.read(version, logical, sought, old);
            if (answer == Answer.UNKNOWN || !latest.isStill()) {
                return Outcome.UNKNOWN;
            }
            if (answer == Answer.MISSING && !isNew) {
                return Outcome.MISSING;
            }
            byte[] value = answer == Answer.FOUND && isNew ? null : writing.value(ALONE, isNew ? null : rows.head());
            if (value == null || value.length > MAX_VALUE_BYTES) {
                return Outcome.UNKNOWN;
            }
            keySpace.commitStamped(
                    version, new byte[][] {logical, fence}, new byte[][] {logical}, new byte[][] {value});
            written = logical.length + value.length;
        } catch (CompletionException | FDBException e) {
            if (KeySpaceErrors.NOT_COMMITTED.matches(e) || KeySpaceErrors.TRANSACTION_TOO_OLD.matches(e)) {
                return Outcome.UNKNOWN;
            }
            throw StorageErrors.ofCommit(e);
        } finally {
            locks.release(0);
        }
        store.maintenance().written(table, new TableActivity.Backlog(1, written));
        return Outcome.WRITTEN;
    }

    /** Whether nobody has committed a row: there is nothing to wait for while another transaction adds it. */
    private boolean isMissing(byte[] logical, HeapRow sought) {
        long version = latest.version();
        return version >= 0 && rows.read(version, logical, sought, old) == Answer.MISSING && latest.isStill();
    }

    private Outcome write(SqlTransaction within, HeapRow sought, RowLockMode mode, boolean isNew, Writing writing) {
        byte[] logical = rows.logical(sought);
        if (logical == null || !(within instanceof TableTransaction transaction)) {
            return Outcome.UNKNOWN;
        }
        try {
            PointChanges points = transaction.points();
            if (points != null) {
                return write(transaction, points, logical, sought, mode, isNew, writing);
            }
            try (DirectStatement statement = transaction.directStatement(latest.catalogVersion(), table)) {
                return statement == null ? Outcome.UNKNOWN : write(statement, logical, sought, mode, isNew, writing);
            }
        } catch (KadeException e) {
            if (e.code() != ErrorCode.SERIALIZATION_FAILURE) {
                throw e;
            }
            // The general way may run it again on a newer version.
            return Outcome.UNKNOWN;
        } catch (FDBException e) {
            return Outcome.UNKNOWN;
        }
    }

    private Outcome write(
            TableTransaction transaction,
            PointChanges points,
            byte[] logical,
            HeapRow sought,
            RowLockMode mode,
            boolean isNew,
            Writing writing) {
        byte[] written = points.written(logical);
        Delta own = written == null ? null : Delta.own(written);
        Answer answer = latest.read(transaction.snapshot(), own, logical, sought, old);
        if (answer == Answer.UNKNOWN || (answer == Answer.FOUND && isNew)) {
            return Outcome.UNKNOWN;
        }
        if (answer == Answer.MISSING && !isNew) {
            points.read(table, fence, logical);
            transaction.pointDone();
            return Outcome.MISSING;
        }
        byte[] value = writing.value(transaction.nextSequence(), head(isNew, own));
        if (value == null || value.length > MAX_VALUE_BYTES || !transaction.claims(table, fence, logical, mode)) {
            return Outcome.UNKNOWN;
        }
        if (!isNew) {
            points.read(table, fence, logical);
        }
        points.write(logical, value);
        transaction.pointDone();
        return Outcome.WRITTEN;
    }

    private DeltaEncoder.@Nullable Head head(boolean isNew, @Nullable Delta own) {
        if (isNew) {
            return null;
        }
        return own == null ? rows.head() : new DeltaEncoder.Head(own.rowId(), own.hides());
    }

    private Outcome write(
            DirectStatement statement,
            byte[] logical,
            HeapRow sought,
            RowLockMode mode,
            boolean isNew,
            Writing writing) {
        Delta own = statement.written(logical);
        Answer answer = latest.read(statement.snapshot(), own, logical, sought, old);
        if (answer == Answer.UNKNOWN || (answer == Answer.FOUND && isNew)) {
            return Outcome.UNKNOWN;
        }
        if (answer == Answer.MISSING && !isNew) {
            statement.reads(logical);
            statement.end();
            return Outcome.MISSING;
        }
        if (!statement.claims(logical, mode)) {
            return Outcome.UNKNOWN;
        }
        byte[] value = writing.value(statement.sequence(), head(isNew, own));
        if (value == null || value.length > MAX_VALUE_BYTES) {
            return Outcome.UNKNOWN;
        }
        if (!isNew) {
            statement.reads(logical);
        }
        statement.write(logical, value);
        statement.end();
        return Outcome.WRITTEN;
    }
}
