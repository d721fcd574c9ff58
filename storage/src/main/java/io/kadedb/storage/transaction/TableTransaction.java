package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.RowReader;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.api.TableStatistics;
import io.kadedb.storage.catalog.CatalogChanges;
import io.kadedb.storage.table.KeyLookup;
import io.kadedb.storage.table.PointReader;
import io.kadedb.storage.table.ScanFilter;
import io.kadedb.storage.table.Sequences;
import io.kadedb.storage.table.StorageErrors;
import io.kadedb.storage.table.TableStorage;
import io.kadedb.storage.table.ViewScan;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction by optimistic concurrency: it reads one version, remembers the logical keys it read, keeps its writes, and
 * commits all of it as one key-value transaction that fails if one of those keys was written meanwhile.
 */
final class TableTransaction implements SqlTransaction {
    private final TableStore store;
    private final TableStorage storage;
    private final KeySpace.Pin pin;
    private final Transaction reading;
    private final ReadTransaction snapshot;
    private final CatalogChanges catalog;
    private final Map<Long, TableChanges> tables = new HashMap<>();
    private CatalogChanges.Mark mark;
    private int sequence;
    private boolean ended;

    TableTransaction(TableStore store, TableStorage storage) {
        this.store = store;
        this.storage = storage;
        this.pin = pinCurrent(storage.keySpace());
        this.reading = storage.keySpace().transactionAt(pin.version());
        this.snapshot = reading.snapshot();
        boolean complete = false;
        try {
            this.catalog = new CatalogChanges(
                    store.catalogs().load(snapshot), () -> storage.sequences().next(Sequences.objectIds()));
            this.mark = catalog.mark();
            complete = true;
        } catch (CompletionException | FDBException e) {
            throw StorageErrors.translate(e);
        } finally {
            if (!complete) {
                release();
            }
        }
    }

    private static KeySpace.Pin pinCurrent(KeySpace keySpace) {
        try {
            return keySpace.pin(keySpace.currentVersion());
        } catch (FDBException e) {
            throw StorageErrors.translate(e);
        }
    }

    private void release() {
        ended = true;
        reading.close();
        pin.close();
    }

    private void ensureOpen() {
        if (ended) {
            throw KadeException.of(ErrorCode.NO_ACTIVE_SQL_TRANSACTION, "the transaction has ended");
        }
        store.ensureOpen();
    }

    @Override
    public long readVersion() {
        return pin.version();
    }

    @Override
    public CatalogSnapshot catalog() {
        return catalog.snapshot();
    }

    @Override
    public void apply(CatalogChange change) {
        ensureOpen();
        catalog.apply(store.isBucketed() ? bucketed(change) : change);
    }

    private static CatalogChange bucketed(CatalogChange change) {
        if (!(change instanceof CatalogChange.CreateTable create)) {
            return change;
        }
        TableDefinition table = create.table();
        return new CatalogChange.CreateTable(new TableDefinition(
                table.id(),
                table.schema(),
                table.name(),
                table.schemaVersion(),
                table.owner(),
                table.columns(),
                table.primaryKey(),
                KeyMode.BUCKETED,
                table.comment(),
                table.tags()));
    }

    /** What it did to a table, which must be defined as the caller thinks. */
    private synchronized TableChanges changes(TableDefinition table) {
        ensureOpen();
        Optional<TableDefinition> current = catalog.snapshot().table(table.schema(), table.name());
        if (current.isEmpty()
                || current.get().id() != table.id()
                || current.get().schemaVersion() != table.schemaVersion()) {
            throw KadeException.of(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "the definition of table \"" + table.name() + "\" has changed")
                    .hint("run the transaction again");
        }
        TableDefinition stored = current.get();
        return tables.computeIfAbsent(table.id(), id -> new TableChanges(storage, stored, snapshot));
    }

    @Override
    public TableStatistics statistics(TableDefinition table) {
        TableChanges changes = changes(table);
        return store.statistics().read(changes.view(), store.activity().deltas(changes.view()));
    }

    /** About how many of a table's rows are not in segments. */
    long deltas(TableDefinition table) {
        return store.activity().deltas(changes(table).view());
    }

    @Override
    public TableScan scan(TableDefinition table, List<Integer> columns, List<ColumnRange> ranges) {
        TableChanges changes = changes(table);
        ScanFilter filter = new ScanFilter(changes.table(), ranges);
        changes.reads().add(filter.keys());
        return new ViewScan(changes.view(), columns, filter);
    }

    @Override
    public BatchSource lookup(TableDefinition table, List<Integer> columns, Batch keys) {
        TableChanges changes = changes(table);
        return new KeyLookup(changes.view(), columns, keys, changes.reads()::add);
    }

    @Override
    public RowReader reader(TableDefinition table, List<Integer> columns) {
        return new PointReader(storage, changes(table).table(), columns);
    }

    @Override
    public @Nullable Batch read(RowReader reader, Batch key) {
        if (!(reader instanceof PointReader point)) {
            throw new IllegalArgumentException("a reader of another store");
        }
        TableChanges changes = changes(point.table());
        return point.read(changes.view(), key, changes.reads()::add);
    }

    @Override
    public void beginStatement() {
        ensureOpen();
        sequence += 2;
        mark = catalog.mark();
    }

    @Override
    public void endStatement() {
        ensureOpen();
        for (TableChanges changes : tables.values()) {
            changes.endStatement(sequence + 1);
        }
    }

    @Override
    public void rollbackStatement() {
        if (!ended) {
            catalog.undo(mark);
            tables.values().forEach(TableChanges::rollbackStatement);
        }
    }

    @Override
    public RowSink insert(TableDefinition table) {
        return new StatementSink(changes(table), Kind.INSERT, sequence);
    }

    @Override
    public RowSink update(TableDefinition table) {
        return new StatementSink(changes(table), Kind.UPDATE, sequence);
    }

    @Override
    public RowSink delete(TableDefinition table) {
        return new StatementSink(changes(table), Kind.DELETE, sequence);
    }

    @Override
    public boolean hasWrites() {
        return !catalog.isEmpty() || tables.values().stream().anyMatch(TableChanges::hasWrites);
    }

    @Override
    public void commit() {
        ensureOpen();
        endStatement();
        if (!hasWrites()) {
            release();
            return;
        }
        dropChangesOfDroppedTables();
        boolean committed = false;
        boolean unknown = false;
        try (Transaction transaction = storage.keySpace().transactionAt(pin.version())) {
            write(transaction);
            transaction.commit().join();
            committed = true;
        } catch (CompletionException | FDBException e) {
            KadeException error = StorageErrors.translate(e);
            unknown = error.code() == ErrorCode.COMMIT_UNKNOWN;
            throw error;
        } finally {
            if (committed || unknown) {
                // After an unknown outcome the staged data stays: the sweeper knows whether it was published.
                tables.values().forEach(TableChanges::committed);
            } else {
                tables.values().forEach(TableChanges::rollback);
            }
            release();
        }
        tables.values().forEach(changes -> store.maintenance().written(changes.table(), changes.backlog()));
    }

    private void write(Transaction transaction) {
        catalog.write(transaction);
        for (TableChanges changes : tables.values()) {
            transaction.addReadConflictKey(changes.fence());
            changes.addReadConflicts(transaction);
            changes.write(transaction);
        }
    }

    /** Rows of a table that the transaction itself dropped are not written. */
    private void dropChangesOfDroppedTables() {
        for (TableChanges changes : tables.values()) {
            TableDefinition table = changes.table();
            @Nullable
            TableDefinition current =
                    catalog.snapshot().table(table.schema(), table.name()).orElse(null);
            if (current == null || current.id() != table.id()) {
                changes.rollback();
            }
        }
    }

    @Override
    public void rollback() {
        if (!ended) {
            try {
                tables.values().forEach(TableChanges::rollback);
            } finally {
                release();
            }
        }
    }

    @Override
    public void close() {
        rollback();
    }
}
