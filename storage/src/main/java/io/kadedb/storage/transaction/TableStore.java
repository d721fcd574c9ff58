package io.kadedb.storage.transaction;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Scheduler;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.catalog.CatalogStore;
import io.kadedb.storage.format.v1.KeyHash;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.proto.ManifestProto.FoldRecord;
import io.kadedb.storage.table.Folder;
import io.kadedb.storage.table.Sequences;
import io.kadedb.storage.table.StatisticsReader;
import io.kadedb.storage.table.Sweeper;
import io.kadedb.storage.table.TableStorage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of one key space. Folds a table in the background once enough was written to it. Thread-safe. */
public final class TableStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(TableStore.class);

    private final KeySpace keySpace;
    private final TableStorage storage;
    private final CatalogStore catalogs = new CatalogStore();
    private final StatisticsReader statistics = new StatisticsReader();
    private final TableActivity activity = new TableActivity();
    private final Folder folder;
    private final Sweeper sweeper;
    private final Optional<Scheduler> scheduler;
    private final int foldAfterDeltas;
    private final boolean bucketed;
    private final Set<Long> folding = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Opens the tables of a key space, which it closes in the end. Makes them in an empty one. */
    public TableStore(KeySpace keySpace, StoreConfig config) {
        this.keySpace = keySpace;
        this.storage = TableStorage.over(
                keySpace,
                config.memory(),
                config.columnCacheBytes(),
                new KeyHash("kadedb test cipher".getBytes(StandardCharsets.US_ASCII)));
        this.folder = new Folder(storage);
        this.sweeper = new Sweeper(storage);
        this.scheduler = config.scheduler();
        this.foldAfterDeltas = config.foldAfterDeltas();
        this.bucketed = config.testCipher();
        initialize();
        sweeper.sweepStaged();
        sweeper.sweepGarbage();
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

    boolean isBucketed() {
        return bucketed;
    }

    void ensureOpen() {
        if (closed) {
            throw KadeException.of(ErrorCode.ADMIN_SHUTDOWN, "the database is closed");
        }
    }

    @Override
    public SqlTransaction begin() {
        ensureOpen();
        return new TableTransaction(this, storage);
    }

    /** Called after a commit that wrote to a table. */
    void written(TableDefinition table, long deltas) {
        if (deltas > 0 && activity.add(table.id(), deltas) >= foldAfterDeltas && scheduler.isPresent() && !closed) {
            if (folding.add(table.id())) {
                scheduler.get().execute(() -> foldInBackground(table));
            }
        }
    }

    private void foldInBackground(TableDefinition table) {
        try {
            if (!closed) {
                fold(table);
            }
        } catch (KadeException e) {
            if (!closed) {
                LOG.atWarn()
                        .setMessage("fold failed, will be tried again")
                        .addKeyValue("tableId", table.id())
                        .setCause(e)
                        .log();
            }
        } finally {
            folding.remove(table.id());
        }
    }

    /** Moves a table's deltas into segments, now. */
    void fold(TableDefinition table) {
        folder.fold(table);
        activity.folded(table.id());
        sweeper.sweepGarbage();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            folder.close();
            storage.columns().close();
            keySpace.close();
        }
    }
}
