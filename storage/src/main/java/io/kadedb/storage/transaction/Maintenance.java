package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Scheduler;
import io.kadedb.storage.api.StoreSetting;
import io.kadedb.storage.table.Folder;
import io.kadedb.storage.table.Sweeper;
import io.kadedb.storage.transaction.TableActivity.Backlog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done in the background: a table is folded once enough was written to it, and at intervals old versions are
 * removed and folds that failed are tried again, in an idle database too. A writer that outruns the folds folds by
 * itself, so that what a scan has to hold in memory stays bounded. Where {@link StoreSetting#FOLDING} is off, tables
 * are folded on demand alone, and when partitions are dropped. Thread-safe.
 */
final class Maintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    /** A backlog of so many times what starts a fold makes writers wait. */
    private static final int LARGEST_BACKLOG = 8;

    private final TableStore store;
    private final Folder folder;
    private final Sweeper sweeper;
    private final TableActivity activity;
    private final StoreConfig config;
    private final Retention retention;
    private final Map<Long, TableDefinition> planned = new ConcurrentHashMap<>();
    private boolean counted;
    private volatile boolean closed;

    Maintenance(TableStore store, StoreConfig config) {
        this.store = store;
        this.folder = new Folder(store.storage(), store.catalogs()::storedAs);
        this.sweeper = new Sweeper(store.storage());
        this.activity = store.activity();
        this.config = config;
        this.retention = new Retention(store, config.clock());
    }

    /** Removes what an earlier process left, and begins to work at intervals. */
    void start() {
        sweeper.sweepStaged();
        sweeper.sweepGarbage();
        config.scheduler().ifPresent(this::planTick);
    }

    private void planTick(Scheduler scheduler) {
        scheduler.schedule(config.maintenanceInterval(), () -> {
            if (!closed) {
                try {
                    guarded("maintenance", 0, this::tick);
                } finally {
                    planTick(scheduler);
                }
            }
        });
    }

    private void tick() {
        store.storage().keySpace().collectGarbage();
        sweeper.sweepGarbage();
        if (!counted) {
            countBacklogs();
            counted = true;
        }
        for (TableDefinition table : List.copyOf(planned.values())) {
            foldIfDue(table, 1);
        }
        guarded("retention", 0, retention::run);
    }

    /** Finds the tables that an earlier process left to be folded. */
    private void countBacklogs() {
        try (TableTransaction transaction = store.begin()) {
            for (SchemaDefinition schema : transaction.catalog().schemas().values()) {
                for (TableDefinition table : schema.tables().values()) {
                    if (transaction.deltas(table) >= config.foldAfterDeltas()) {
                        activity.add(table.storageId(), new Backlog(config.foldAfterDeltas(), 0));
                        planned.put(table.storageId(), table);
                    }
                }
            }
        }
    }

    /** Called after a commit that wrote to a table. */
    void written(TableDefinition table, Backlog written) {
        if (written.writes() == 0) {
            return;
        }
        Backlog backlog = activity.add(table.storageId(), written);
        if (config.scheduler().isEmpty() || closed || !isDue(backlog, 1)) {
            return;
        }
        if (planned.put(table.storageId(), table) == null) {
            foldIfDueSoon(config.scheduler().get(), table);
        }
        if (isDue(backlog, LARGEST_BACKLOG)) {
            foldIfDue(table, LARGEST_BACKLOG);
        }
    }

    private void foldIfDueSoon(Scheduler scheduler, TableDefinition table) {
        scheduler.execute(() -> {
            if (!closed) {
                foldIfDue(table, 1);
            }
        });
    }

    /** Whether anything is folded that nobody asked for. */
    private boolean folds() {
        return store.setting(StoreSetting.FOLDING) != 0;
    }

    /** Folds in the background what became due while folding was off. */
    void catchUp() {
        config.scheduler()
                .filter(scheduler -> !closed && folds())
                .ifPresent(
                        scheduler -> List.copyOf(planned.values()).forEach(table -> foldIfDueSoon(scheduler, table)));
    }

    /** Folds a table in the background whatever was written to it, and whether folding is on or off. */
    void foldSoon(TableDefinition table) {
        config.scheduler()
                .filter(scheduler -> !closed)
                .ifPresent(scheduler -> scheduler.execute(() -> {
                    if (!closed) {
                        guarded("fold", table.storageId(), () -> fold(table));
                    }
                }));
    }

    private boolean isDue(Backlog backlog, int factor) {
        return backlog.writes() >= (long) factor * config.foldAfterDeltas()
                || backlog.bytes() >= (long) factor * config.foldAfterBytes();
    }

    /** While folding is off the table stays planned. */
    private void foldIfDue(TableDefinition table, int factor) {
        if (!folds()) {
            return;
        }
        planned.remove(table.storageId());
        boolean done = guarded(
                "fold",
                table.storageId(),
                () -> folder.whileAlone(table, () -> {
                    if (isDue(activity.backlog(table.storageId()), factor)) {
                        foldAlone(table);
                    }
                }));
        if (!done) {
            planned.put(table.storageId(), table);
        }
    }

    /** Folds a table now. */
    void fold(TableDefinition table) {
        folder.whileAlone(table, () -> foldAlone(table));
        sweeper.sweepGarbage();
    }

    /** Folds the tables that there are now. */
    void foldAll(CancelToken token) {
        List<TableDefinition> tables = new ArrayList<>();
        try (TableTransaction transaction = store.begin()) {
            transaction
                    .catalog()
                    .schemas()
                    .values()
                    .forEach(schema -> tables.addAll(schema.tables().values()));
        }
        for (TableDefinition table : tables) {
            token.checkpoint();
            fold(table);
        }
    }

    private void foldAlone(TableDefinition table) {
        Backlog before = activity.backlog(table.storageId());
        folder.fold(table);
        activity.folded(table.storageId(), before);
    }

    /** Whether the work came to its end; what stopped it is logged. */
    private boolean guarded(String what, long tableId, Runnable work) {
        try {
            work.run();
            return true;
        } catch (KadeException e) {
            if (!closed && e.code() != ErrorCode.ADMIN_SHUTDOWN) {
                LOG.atWarn()
                        .setMessage("work in the background failed, will be tried again")
                        .addKeyValue("work", what)
                        .addKeyValue("tableId", tableId)
                        .setCause(e)
                        .log();
            }
            return false;
        }
    }

    /** Waits for folds that run and lets no more begin. */
    @Override
    public void close() {
        closed = true;
        folder.close();
    }
}
