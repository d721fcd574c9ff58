package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.common.json.PathColumn;
import io.kadedb.common.lock.TableLockMode;
import io.kadedb.storage.api.AdvisoryLock;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.ChangedBuckets;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.KeySpan;
import io.kadedb.storage.api.LockPolicy;
import io.kadedb.storage.api.RowCompletion;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.api.RowReader;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SequenceValues;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.api.TablePartitions;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.api.TableStatistics;
import io.kadedb.storage.api.TransactionOptions;
import io.kadedb.storage.api.TransactionUsage;
import io.kadedb.storage.catalog.CatalogChanges;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.table.IndexLookup;
import io.kadedb.storage.table.IndexTable;
import io.kadedb.storage.table.KeyLookup;
import io.kadedb.storage.table.PointReader;
import io.kadedb.storage.table.ScanFilter;
import io.kadedb.storage.table.Sequences;
import io.kadedb.storage.table.SpanRead;
import io.kadedb.storage.table.StatisticsReader;
import io.kadedb.storage.table.StorageErrors;
import io.kadedb.storage.table.TableStorage;
import io.kadedb.storage.table.TermScan;
import io.kadedb.storage.table.ViewScan;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that locks what it writes and validates what it read: it reads one version, remembers the logical keys it
 * read and wrote, keeps its writes, and commits all of it as one key-value transaction that fails if one of those keys was
 * written meanwhile. How much is validated depends on the isolation.
 */
final class TableTransaction implements SqlTransaction {
    private final TableStore store;
    private final TableStorage storage;
    private final TransactionLocks locks;
    private final WriteGuard guard;
    private final Savepoints savepoints = new Savepoints();
    private final BucketChanges buckets = new BucketChanges(() -> snapshot().reads(), this::newestReads);
    private final Map<Long, TableChanges> tables = new HashMap<>();
    private IsolationLevel isolation;
    private @Nullable TransactionSnapshot snapshot;
    private @Nullable PointChanges points;
    private @Nullable CatalogChanges catalog;
    private CatalogChanges.@Nullable Mark statementMark;
    private int sequence;
    private int statements;
    private boolean historical;
    private volatile long writtenBytes;
    private boolean ended;
    private @Nullable ReferentialStatement referential;
    private RowCompletion completion = RowCompletion.none();

    TableTransaction(TableStore store, TableStorage storage, TransactionOptions options) {
        this.store = store;
        this.storage = storage;
        this.isolation = options.isolation();
        this.locks = new TransactionLocks(
                store.lockTable(),
                store.lockWaiting(),
                options.owner(),
                options.session().map(OwnedSessionLocks.class::cast).orElse(null));
        this.guard = new WriteGuard(storage.keySpace(), locks, this::readVersion);
    }

    synchronized TransactionSnapshot snapshot() {
        TransactionSnapshot current = snapshot;
        if (current == null) {
            ensureOpen();
            current = TransactionSnapshot.current(storage);
            snapshot = current;
        }
        return current;
    }

    private synchronized CatalogChanges changesOfCatalog() {
        CatalogChanges current = catalog;
        if (current == null) {
            current = new CatalogChanges(
                    snapshot().catalog(store), () -> storage.sequences().next(Sequences.objectIds()));
            catalog = current;
        }
        return current;
    }

    private boolean changesCatalog() {
        CatalogChanges current = catalog;
        return current != null && !current.isEmpty();
    }

    private void end() {
        ended = true;
        points = null;
        TransactionSnapshot current = snapshot;
        if (current != null) {
            current.close();
        }
        locks.endStatement();
        locks.release(0);
    }

    private void ensureOpen() {
        if (ended) {
            throw KadeException.of(ErrorCode.NO_ACTIVE_SQL_TRANSACTION, "the transaction has ended");
        }
        store.ensureOpen();
    }

    @Override
    public SequenceValues sequences() {
        return store.sequences();
    }

    @Override
    public IsolationLevel isolation() {
        return isolation;
    }

    @Override
    public void setIsolation(IsolationLevel level) {
        ensureOpen();
        if (level != isolation && statements > 0) {
            throw KadeException.of(
                    ErrorCode.ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION ISOLATION LEVEL must be called before any query");
        }
        isolation = level;
    }

    @Override
    public void readAsOf(long epochMicros) {
        ensureOpen();
        if (statements > 0) {
            throw KadeException.of(ErrorCode.ACTIVE_SQL_TRANSACTION, "AS OF SYSTEM TIME must be set before any query");
        }
        become(TransactionSnapshot.asOf(storage.keySpace(), epochMicros));
    }

    private synchronized void become(TransactionSnapshot past) {
        TransactionSnapshot old = snapshot;
        snapshot = past;
        historical = true;
        catalog = null;
        tables.clear();
        if (old != null) {
            old.close();
        }
    }

    @Override
    public synchronized TransactionUsage usage() {
        TransactionSnapshot current = snapshot;
        long read = 0;
        for (TableChanges changes : tables.values()) {
            read += changes.readBytes();
        }
        return new TransactionUsage(
                current == null ? OptionalLong.empty() : OptionalLong.of(current.version()), read, writtenBytes);
    }

    @Override
    public boolean isHistorical() {
        return historical;
    }

    private void ensureWritable() {
        if (historical) {
            throw KadeException.of(
                    ErrorCode.READ_ONLY_SQL_TRANSACTION,
                    "a transaction that reads the data of an earlier time cannot write or lock");
        }
    }

    @Override
    public long readVersion() {
        return snapshot().version();
    }

    @Override
    public CatalogSnapshot catalog() {
        return changesOfCatalog().snapshot();
    }

    @Override
    public void apply(CatalogChange change) {
        ensureOpen();
        ensureWritable();
        generalize();
        changesOfCatalog().apply(store.isBucketed() ? Bucketing.of(change) : change);
        noteBuckets(change);
        if (change instanceof CatalogChange.CreateIndex create && create.index().isPublic()) {
            build(create);
        }
    }

    /** A continuous aggregate has no rows yet, or the table that it reads has others. */
    private void noteBuckets(CatalogChange change) {
        switch (change) {
            case CatalogChange.CreateTable create
            when create.table().continuous().isPresent() ->
                catalog()
                        .table(create.table().schema(), create.table().name())
                        .ifPresent(view -> buckets.changed(view.id(), BucketRanges.ALL));
            case CatalogChange.SwapShadow swap ->
                catalog()
                        .table(swap.table().id())
                        .ifPresent(table ->
                                table.bucketLogs().forEach(log -> buckets.changed(log.view(), BucketRanges.ALL)));
            default -> {}
        }
    }

    /** Fills an index from the rows of its table. */
    private void build(CatalogChange.CreateIndex create) {
        TableDefinition table = catalog()
                .table(create.schema(), create.table())
                .orElseThrow(() -> KadeException.internal("a table that just was there is gone", null));
        IndexDefinition index = table.index(create.index().name()).orElseThrow();
        new IndexBuild(
                        changes(table),
                        indexChanges(table, index),
                        IndexTable.of(table, index),
                        ++sequence,
                        locks::checkpoint)
                .run();
        indexChanges(table, index).endStatement(savepoints.depth());
    }

    @Override
    public void relyOn(TableDefinition table) {
        ensureWritable();
        TableChanges changes = changes(table);
        ReadSet everything = allRows(changes);
        changes.claims().addAll(everything);
        guard.lockRanges(changes, everything);
    }

    /** What it did to a table, which must be defined as the caller thinks. */
    synchronized TableChanges changes(TableDefinition table) {
        ensureOpen();
        generalize();
        TableDefinition stored = sameAsNow(table);
        TableChanges changes = tables.computeIfAbsent(
                table.storageId(),
                id -> new TableChanges(storage, stored, guard, snapshot().reads()));
        changes.redefine(stored);
        return changes;
    }

    synchronized TableChanges indexChanges(TableDefinition table, IndexDefinition index) {
        return tables.computeIfAbsent(
                index.id(),
                id -> new TableChanges(
                        storage, IndexTable.of(table, index), guard, snapshot().reads()));
    }

    private TableDefinition sameAsNow(TableDefinition table) {
        Optional<TableDefinition> current = catalog().table(table.schema(), table.name());
        if (current.isEmpty()
                || current.get().id() != table.id()
                || current.get().schemaVersion() != table.schemaVersion()) {
            throw KadeException.of(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "the definition of table \"" + table.name() + "\" has changed")
                    .hint("run the transaction again");
        }
        return current.get();
    }

    @Override
    public TableStatistics statistics(TableDefinition table) {
        TableChanges changes = changes(table);
        long deltas = historical
                ? StatisticsReader.countDeltas(changes.view())
                : store.activity().deltas(changes.view());
        return store.statistics().read(changes.view(), deltas, !changesCatalog());
    }

    /** About how many of a table's rows are not in segments. */
    long deltas(TableDefinition table) {
        return store.activity().deltas(changes(table).view());
    }

    @Override
    public TableScan scan(
            TableDefinition table, List<Integer> columns, List<PathColumn> paths, List<ColumnRange> ranges) {
        TableChanges changes = changes(table);
        ScanFilter filter = new ScanFilter(changes.table(), paths, ranges);
        changes.reads().add(filter.keys());
        return new ViewScan(changes.view(), columns, paths, filter);
    }

    @Override
    public BatchSource lookup(TableDefinition table, List<Integer> columns, Batch keys) {
        TableChanges changes = changes(table);
        return new KeyLookup(changes.view(), columns, keys, changes.reads()::add);
    }

    @Override
    public BatchSource lookup(TableDefinition table, IndexDefinition index, List<Integer> columns, Batch keys) {
        TableChanges changes = changes(table);
        TableChanges entries = indexChanges(table, index);
        IndexTable indexTable = IndexTable.of(table, index);
        entries.reads().add(IndexLookup.ranges(indexTable, entries.view(), keys));
        return new IndexLookup(changes.view(), indexTable, entries.view(), columns, keys, changes.reads()::add);
    }

    @Override
    public TableScan search(TableDefinition table, IndexDefinition index, List<Integer> columns, TermQuery query) {
        TableChanges changes = changes(table);
        TableChanges entries = indexChanges(table, index);
        Optional<TermScan> found = TermScan.of(
                changes.view(),
                IndexTable.of(table, index),
                entries.view(),
                query,
                columns,
                Math.round(statistics(table).rows()),
                changes.reads()::add);
        if (found.isEmpty()) {
            return scan(table, columns, List.of());
        }
        entries.reads().add(found.get().ranges());
        return found.get();
    }

    @Override
    public BatchSource readSpan(
            TableDefinition table, Optional<IndexDefinition> index, List<Integer> columns, KeySpan span) {
        TableChanges changes = changes(table);
        if (index.isEmpty()) {
            return SpanRead.ofTable(changes.view(), columns, span, changes.reads()::add);
        }
        TableChanges entries = indexChanges(table, index.get());
        return SpanRead.ofIndex(
                changes.view(),
                IndexTable.of(table, index.get()),
                entries.view(),
                columns,
                span,
                entries.reads()::add,
                changes.reads()::add);
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
    public void beginStatement(StatementControl control) {
        ensureOpen();
        generalize();
        locks.control(control);
        completion = control.completion();
        tables.values().forEach(TableChanges::keepReads);
        if (!isCurrent()) {
            throw KadeException.of(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "what the transaction wrote was changed by another transaction")
                    .hint("run the transaction again");
        }
        sequence++;
        statements++;
        statementMark = changesOfCatalog().mark();
    }

    @Override
    public void endStatement() {
        ensureOpen();
        ReferentialStatement running = referential;
        if (running != null) {
            running.finish();
            referential = null;
        }
        for (TableChanges changes : tables.values()) {
            changes.endStatement(savepoints.depth());
        }
        CommitSize.limit(tables.values(), isolation == IsolationLevel.SERIALIZABLE, () -> ++sequence);
        long written = 0;
        for (TableChanges changes : tables.values()) {
            written += changes.bytes();
        }
        writtenBytes = written;
        locks.endStatement();
    }

    @Override
    public void rollbackStatement() {
        if (!ended) {
            referential = null;
            if (statementMark != null) {
                changesOfCatalog().undo(statementMark);
            }
            tables.values().forEach(TableChanges::rollbackStatement);
            buckets.rolledBack();
            locks.rollbackStatement();
        }
    }

    @Override
    public boolean awaitLocks() {
        ensureOpen();
        return locks.awaitPending();
    }

    @Override
    public boolean refresh() {
        ensureOpen();
        if (changesCatalog() || !isBehind()) {
            return false;
        }
        if (isolation == IsolationLevel.REPEATABLE_READ && statements > 1) {
            return false;
        }
        tables.values().forEach(TableChanges::dropReads);
        return advance();
    }

    /** Whether what a statement that begins will read is what it has to read by the isolation. */
    private boolean isCurrent() {
        return isolation != IsolationLevel.READ_COMMITTED || snapshot == null || !isBehind() || advance();
    }

    private boolean isBehind() {
        return !historical && storage.keySpace().currentVersion() > readVersion();
    }

    /** Reads the newest version from now on, if nothing that counts was changed. */
    private boolean advance() {
        TransactionSnapshot old = snapshot();
        TransactionSnapshot next = TransactionSnapshot.current(storage);
        boolean moved = false;
        try {
            moved = commitment().isUnchanged() && moveTo(next);
        } finally {
            (moved ? old : next).close();
        }
        return moved;
    }

    private TransactionCommit commitment() {
        boolean withReads = isolation == IsolationLevel.SERIALIZABLE;
        return new TransactionCommit(
                storage,
                tables.values(),
                points,
                changesCatalog() ? catalog : null,
                new TransactionCommit.Buckets(buckets, id -> catalog().table(id).isPresent()),
                withReads,
                readVersion());
    }

    private synchronized boolean moveTo(TransactionSnapshot next) {
        boolean withReads = isolation == IsolationLevel.SERIALIZABLE;
        snapshot = next;
        if (!changesCatalog()) {
            catalog = null;
        }
        tables.values().removeIf(changes -> !changes.isConcerned(withReads) && !changes.hasWrites());
        tables.values().forEach(changes -> changes.moveTo(next.reads()));
        return true;
    }

    @Override
    public int[] lock(TableDefinition table, Batch keys, RowLockMode mode, LockPolicy policy) {
        ensureWritable();
        return new RowLocking(changes(table), locks, guard).lock(keys, mode, policy);
    }

    @Override
    public void lock(TableDefinition table, TableLockMode mode, boolean wait) {
        ensureWritable();
        TableChanges changes = changes(table);
        synchronized (locks) {
            locks.lockTable(changes.table(), mode, wait);
        }
        if (mode.conflictsWith(TableLockMode.ROW_EXCLUSIVE)) {
            guard.checkUnchanged(allRows(changes)::addReadConflicts);
        }
    }

    private static ReadSet allRows(TableChanges changes) {
        ReadSet everything = new ReadSet();
        everything.add(new ScanFilter(changes.table(), List.of()).keys());
        return everything;
    }

    @Override
    public boolean lock(AdvisoryLock lock, boolean wait) {
        ensureOpen();
        synchronized (locks) {
            return locks.lockAdvisory(lock, wait);
        }
    }

    @Override
    public Savepoint savepoint() {
        ensureOpen();
        generalize();
        CatalogChanges current = catalog;
        return savepoints.push(current == null || current.isEmpty() ? null : current.mark(), locks.mark());
    }

    @Override
    public void rollbackTo(Savepoint savepoint) {
        ensureOpen();
        Savepoints.Point point = savepoints.backTo(savepoint);
        CatalogChanges.Mark mark = point.catalog();
        CatalogChanges current = catalog;
        if (current != null && mark != null) {
            current.undo(mark);
        } else if (current != null) {
            current.undoAll();
        }
        tables.values().forEach(changes -> changes.rollbackTo(point.depth()));
        buckets.rolledBack();
        locks.release(point.locks());
    }

    @Override
    public void release(Savepoint savepoint) {
        ensureOpen();
        int depth = savepoints.drop(savepoint);
        tables.values().forEach(changes -> changes.release(depth));
    }

    @Override
    public TablePartitions partitions() {
        return new TransactionPartitions(this);
    }

    private ReadTransaction newestReads() {
        return storage.keySpace().readsAt(storage.keySpace().currentVersion());
    }

    /** Lets the running statement commit whatever becomes of what it read. */
    void forgetReads() {
        tables.values().forEach(TableChanges::dropReads);
    }

    @Override
    public ChangedBuckets buckets() {
        return new TransactionBuckets(this, buckets);
    }

    /** Removes whole partitions. */
    long dropPartitions(TableDefinition table, long first, long last) {
        ensureWritable();
        TableChanges changes = changes(table);
        List<TableChanges> indexes = changes.table().indexes().stream()
                .map(index -> indexChanges(changes.table(), index))
                .toList();
        table.bucketLogs()
                .forEach(log -> buckets.changed(log.view(), PartitionBuckets.of(table, log.buckets(), first, last)));
        return new PartitionDrop(changes, indexes, sequence).run(first, last);
    }

    @Override
    public RowSink insert(TableDefinition table) {
        return sink(table, Kind.INSERT);
    }

    @Override
    public RowSink update(TableDefinition table) {
        return sink(table, Kind.UPDATE);
    }

    @Override
    public RowSink delete(TableDefinition table) {
        return sink(table, Kind.DELETE);
    }

    StatementSink sink(TableDefinition table, Kind kind) {
        ensureWritable();
        List<IndexSink> indexes = new ArrayList<>();
        for (IndexDefinition index : table.indexes()) {
            IndexTable indexTable = IndexTable.of(table, index);
            indexes.add(new IndexSink(indexChanges(table, index), indexTable, kind, sequence));
        }
        ReferentialStatement references = references();
        return new StatementSink(
                changes(table),
                kind,
                sequence,
                indexes,
                table.bucketLogs().stream()
                        .map(log -> new BucketSink(buckets, table, log))
                        .toList(),
                references.concerns(table) ? references : null);
    }

    private synchronized ReferentialStatement references() {
        ReferentialStatement running = referential;
        if (running == null) {
            running = new ReferentialStatement(this, store.foreignKeys(catalog()));
            referential = running;
        }
        return running;
    }

    /** Computes values of rows that follow from what the running statement does. */
    RowCompletion completion() {
        return completion;
    }

    TableStorage storage() {
        return storage;
    }

    /** What the running statement writes from now on overrides what it wrote. */
    void nextStep() {
        sequence++;
    }

    @Override
    public boolean hasWrites() {
        PointChanges single = points;
        boolean any = changesCatalog() || buckets.hasWrites() || (single != null && single.hasWrites());
        for (TableChanges changes : tables.values()) {
            any |= changes.hasWrites();
        }
        return any;
    }

    /**
     * Where a statement that reads or writes a single row notes what it does, if all before it were such.
     *
     * @return null if the transaction goes the general way
     */
    @Nullable
    PointChanges points() {
        if (ended || historical || !tables.isEmpty() || savepoints.depth() > 0 || changesCatalog() || !isCurrent()) {
            return null;
        }
        store.ensureOpen();
        PointChanges current = points;
        if (current == null) {
            current = new PointChanges();
            points = current;
        }
        return current.isFull() ? null : current;
    }

    /** Of the running statement. */
    int sequence() {
        return sequence;
    }

    /** Of a statement of a single row that runs now. */
    int nextSequence() {
        return sequence + 1;
    }

    /** A statement of a single row has noted what it did. */
    void pointDone() {
        sequence++;
        statements++;
    }

    /**
     * Claims the row of such a statement; false if somebody is in the way.
     *
     * @throws KadeException 40001 when the row was changed since the snapshot
     */
    boolean claims(TableDefinition table, byte[] fence, byte[] logical, RowLockMode mode) {
        PointChanges single = points;
        if (single == null || !locks.tryLock(table, logical, mode)) {
            return false;
        }
        guard.checkUnchanged(transaction -> transaction.addReadConflictKey(logical));
        single.claim(table, fence, logical);
        return true;
    }

    /** Goes on in the general way after statements of single rows. */
    private synchronized void generalize() {
        PointChanges single = points;
        if (single == null) {
            return;
        }
        points = null;
        single.giveTo((table, key, read, claimed, value) -> {
            TableChanges changes = changes(table);
            if (read) {
                changes.reads().add(key);
            }
            if (claimed) {
                changes.claims().add(key);
            }
            if (value != null) {
                changes.pending().put(key, Delta.own(value));
            }
        });
        tables.values().forEach(TableChanges::keepReads);
        endStatement();
    }

    /** Commits if there were no others than statements of single rows; false if there were. */
    private boolean commitPoints() {
        PointChanges single = points;
        if (single == null) {
            return false;
        }
        try {
            if (single.hasWrites()) {
                commitment().run();
            }
        } catch (CompletionException | FDBException e) {
            throw StorageErrors.translate(e);
        } finally {
            end();
        }
        single.committed(store.maintenance());
        return true;
    }

    @Override
    public void commit() {
        ensureOpen();
        if (commitPoints()) {
            return;
        }
        endStatement();
        if (!hasWrites()) {
            end();
            return;
        }
        dropChangesOfDroppedTables();
        boolean committed = false;
        boolean unknown = false;
        try {
            commitment().run();
            committed = true;
        } catch (CompletionException | FDBException e) {
            KadeException error = StorageErrors.ofCommit(e);
            unknown = error.code() == ErrorCode.COMMIT_UNKNOWN;
            throw error;
        } finally {
            try {
                if (committed || unknown) {
                    // After an unknown outcome the staged data stays: the sweeper knows whether it was published.
                    tables.values().forEach(TableChanges::committed);
                } else {
                    tables.values().forEach(TableChanges::rollback);
                }
            } finally {
                end();
            }
        }
        tables.values().forEach(changes -> {
            store.maintenance().written(changes.table(), changes.backlog());
            if (changes.hasDroppedPartitions()) {
                store.maintenance().foldSoon(changes.table());
            }
        });
    }

    /**
     * Begins to work on a single row of a table as a statement of its own.
     *
     * @param catalogVersion of the catalog that whoever does so knows
     * @return null if it has to be done in the general way
     */
    @Nullable
    DirectStatement directStatement(long catalogVersion, TableDefinition table) {
        if (ended || historical || isolation != IsolationLevel.SERIALIZABLE || changesCatalog()) {
            return null;
        }
        beginStatement(StatementControl.unlimited());
        boolean begun = false;
        try {
            if (catalog().version() != catalogVersion) {
                return null;
            }
            TableChanges changes = changes(table);
            if (changes.hasStaged()) {
                return null;
            }
            begun = true;
            return new DirectStatement(this, changes, locks, snapshot(), sequence);
        } finally {
            if (!begun) {
                rollbackStatement();
            }
        }
    }

    /** Rows of a table that the transaction itself dropped are not written. */
    private void dropChangesOfDroppedTables() {
        if (!changesCatalog()) {
            return;
        }
        Set<Long> there = new HashSet<>();
        catalog().schemas().values().stream()
                .flatMap(schema -> schema.tables().values().stream())
                .forEach(table -> {
                    there.add(table.storageId());
                    table.indexes().forEach(index -> there.add(index.id()));
                });
        tables.forEach((id, changes) -> {
            if (!there.contains(id)) {
                changes.rollback();
            }
        });
    }

    @Override
    public void rollback() {
        if (!ended) {
            try {
                tables.values().forEach(TableChanges::rollback);
            } finally {
                end();
            }
        }
    }

    @Override
    public void close() {
        rollback();
    }
}
