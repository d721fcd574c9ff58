package io.kadedb.storage.transaction;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.BackupSummary;
import io.kadedb.storage.api.DatabaseCheck;
import io.kadedb.storage.api.Deadlock;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.LatestRows;
import io.kadedb.storage.api.LatestWrites;
import io.kadedb.storage.api.LockState;
import io.kadedb.storage.api.LockWait;
import io.kadedb.storage.api.SequenceValues;
import io.kadedb.storage.api.SessionLocks;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.api.StoreSetting;
import io.kadedb.storage.api.TransactionOptions;
import io.kadedb.storage.backup.DatabaseBackup;
import io.kadedb.storage.catalog.CatalogStore;
import io.kadedb.storage.check.DatabaseChecker;
import io.kadedb.storage.format.v1.KeyHash;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.proto.ManifestProto.FoldRecord;
import io.kadedb.storage.lock.LockTable;
import io.kadedb.storage.table.CommittedRows;
import io.kadedb.storage.table.SequenceCounters;
import io.kadedb.storage.table.Sequences;
import io.kadedb.storage.table.StatisticsReader;
import io.kadedb.storage.table.TableStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables of one key space, which it folds and tidies in the background. Thread-safe. */
public final class TableStore implements Store {

    private final KeySpace keySpace;
    private final TableStorage storage;
    private final CatalogStore catalogs = new CatalogStore();
    private final StatisticsReader statistics = new StatisticsReader();
    private final TableActivity activity = new TableActivity();
    private final SequenceCounters sequences;
    private final LockWaiting waiting;
    private final LockTable locks;
    private final Maintenance maintenance;
    private final DatabaseSettings settings;
    private final boolean bucketed;
    private volatile @Nullable ForeignKeys foreignKeys;
    private volatile boolean closed;

    /** Opens the tables of a key space, which it closes in the end. Makes them in an empty one. */
    public TableStore(KeySpace keySpace, StoreConfig config) {
        this(keySpace, config, LockWaiting.DEFAULT);
    }

    /** As {@link #TableStore(KeySpace, StoreConfig)}, with another way to wait for locks. */
    TableStore(KeySpace keySpace, StoreConfig config, LockWaiting waiting) {
        this.waiting = waiting;
        this.locks = new LockTable(waiting.clock(), waiting.overtaking(), waiting.pause());
        this.keySpace = keySpace;
        this.storage = TableStorage.over(
                keySpace,
                config.memory(),
                config.columnCacheBytes(),
                new KeyHash("kadedb test cipher".getBytes(StandardCharsets.US_ASCII)),
                config.expressions());
        this.sequences = new SequenceCounters(keySpace);
        this.bucketed = config.testCipher();
        this.maintenance = new Maintenance(this, config);
        this.settings = new DatabaseSettings(storage, config);
        initialize();
        settings.load();
        maintenance.start();
        OnlineIndexBuild.removeAll(this);
    }

    private void initialize() {
        storage.commit(transaction -> {
            byte @Nullable [] format = transaction.get(KeyLayout.format()).join();
            if (format == null) {
                FoldRecord record =
                        FoldRecord.newBuilder().setMajor(KeyLayout.FORMAT_MAJOR).build();
                transaction.set(KeyLayout.format(), record.toByteArray());
                CatalogStore.create(transaction, storage.sequences().next(Sequences.objectIds()));
            } else {
                checkFormat(format);
            }
            return true;
        });
    }

    private static void checkFormat(byte[] format) {
        int major;
        try {
            major = FoldRecord.parseFrom(format).getMajor();
        } catch (InvalidProtocolBufferException e) {
            throw KadeException.of(ErrorCode.DATA_CORRUPTED, "the database's format record is damaged", e);
        }
        if (major != KeyLayout.FORMAT_MAJOR) {
            throw KadeException.of(
                            ErrorCode.INCOMPATIBLE_FORMAT,
                            "the database has format " + major + ", this version of KadeDB reads "
                                    + KeyLayout.FORMAT_MAJOR)
                    .hint("open it with the version that wrote it");
        }
    }

    CatalogStore catalogs() {
        return catalogs;
    }

    StatisticsReader statistics() {
        return statistics;
    }

    TableActivity activity() {
        return activity;
    }

    TableStorage storage() {
        return storage;
    }

    SequenceValues sequences() {
        return sequences;
    }

    boolean isBucketed() {
        return bucketed;
    }

    void ensureOpen() {
        if (closed) {
            throw KadeException.of(ErrorCode.ADMIN_SHUTDOWN, "the database is closed");
        }
    }

    @Override
    public TableTransaction begin(TransactionOptions options) {
        ensureOpen();
        return new TableTransaction(this, storage, options);
    }

    @Override
    public Optional<LatestRows> latestRows(long catalogVersion, TableDefinition table, List<Integer> columns) {
        return CommittedRows.of(storage, table, columns)
                .map(rows -> new LatestTableRows(storage, catalogs, catalogVersion, table, rows));
    }

    @Override
    public Optional<LatestWrites> latestWrites(long catalogVersion, TableDefinition table, String owner) {
        List<Integer> columns =
                IntStream.range(0, table.columns().size()).boxed().toList();
        CommittedRows rows = CommittedRows.of(storage, table, columns).orElse(null);
        if (rows == null
                || !table.indexes().isEmpty()
                || !table.foreignKeys().isEmpty()
                || !table.bucketLogs().isEmpty()
                || isReferenced(catalogVersion, table)) {
            return Optional.empty();
        }
        LatestTableRows latest = new LatestTableRows(storage, catalogs, catalogVersion, table, rows);
        return Optional.of(new LatestTableWrites(this, table, latest, rows, owner));
    }

    /** Whether other tables refer to a table, or the catalog is another by now. */
    private boolean isReferenced(long catalogVersion, TableDefinition table) {
        try (TransactionSnapshot snapshot = TransactionSnapshot.current(storage)) {
            CatalogSnapshot catalog = snapshot.catalog(this);
            return catalog.version() != catalogVersion
                    || !foreignKeys(catalog).to(table).isEmpty();
        }
    }

    /** Who refers to whom in a catalog; that of the last one asked for is kept. */
    ForeignKeys foreignKeys(CatalogSnapshot catalog) {
        ForeignKeys known = foreignKeys;
        if (known == null || known.catalog().version() != catalog.version()) {
            known = ForeignKeys.of(catalog);
            foreignKeys = known;
        }
        return known;
    }

    @Override
    public TableTransaction begin() {
        return begin(TransactionOptions.DEFAULT);
    }

    @Override
    public List<LockWait> lockWaits() {
        return locks.waits();
    }

    @Override
    public SessionLocks sessionLocks(String owner) {
        return new OwnedSessionLocks(locks, owner);
    }

    @Override
    public List<LockState> locks() {
        return locks.states();
    }

    @Override
    public List<Deadlock> deadlocks() {
        return locks.deadlocks();
    }

    LockWaiting lockWaiting() {
        return waiting;
    }

    @Override
    public void buildIndex(long table, long index, StatementControl control) {
        ensureOpen();
        new OnlineIndexBuild(this, table, index, control).run();
    }

    boolean isOpen() {
        return !closed;
    }

    @Override
    public DatabaseCheck check(OptionalLong table, CancelToken token) {
        ensureOpen();
        return new DatabaseChecker(keySpace, storage.memory(), storage.hash(), storage.expressions(), table, token);
    }

    @Override
    public BackupSummary backup(Path file, String program, CancelToken token) {
        ensureOpen();
        return new DatabaseBackup(keySpace, Disk.system(), token).write(file, program);
    }

    @Override
    public void checkpoint(CancelToken token) {
        ensureOpen();
        maintenance.foldAll(token);
        keySpace.persist();
    }

    @Override
    public long setting(StoreSetting setting) {
        return settings.value(setting);
    }

    @Override
    public void set(StoreSetting setting, OptionalLong value) {
        ensureOpen();
        settings.set(setting, value);
        if (setting == StoreSetting.FOLDING) {
            maintenance.catchUp();
        }
    }

    LockTable lockTable() {
        return locks;
    }

    Maintenance maintenance() {
        return maintenance;
    }

    /** Moves a table's deltas into segments, now. */
    void fold(TableDefinition table) {
        maintenance.fold(table);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            locks.close();
            maintenance.close();
            storage.columns().close();
            try {
                sequences.close();
            } finally {
                keySpace.close();
            }
        }
    }
}
