package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.HeapRow;
import io.kadedb.storage.api.LatestRows;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.catalog.CatalogStore;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.CommittedRows;
import io.kadedb.storage.table.StructureClock;
import io.kadedb.storage.table.TableStorage;
import org.jspecify.annotations.Nullable;

/**
 * Rows at the newest version. Catalog and manifest are those of an earlier version, which are the same while no commit has
 * begun that changes either: this is looked at after the version is known and again after the row is read.
 */
final class LatestTableRows implements LatestRows {
    private static final long NEVER = TransactionSnapshot.UNKNOWN_STRUCTURE;

    private final TableStorage storage;
    private final CatalogStore catalogs;
    private final long catalogVersion;
    private final TableDefinition table;
    private final CommittedRows rows;
    private final byte[] fence;
    private final StructureClock structure;
    private long known = NEVER;

    LatestTableRows(
            TableStorage storage,
            CatalogStore catalogs,
            long catalogVersion,
            TableDefinition table,
            CommittedRows rows) {
        this.storage = storage;
        this.catalogs = catalogs;
        this.catalogVersion = catalogVersion;
        this.table = table;
        this.rows = rows;
        this.fence = KeyLayout.fence(table.storageId());
        this.structure = storage.structure();
    }

    /** The newest version, if the table is still the one that is known; -1 when a transaction has to be asked. */
    long version() {
        return structure.isStill(known) || learn() ? storage.keySpace().currentVersion() : -1;
    }

    /** Whether catalog and manifest are still those that were known for the last version. */
    boolean isStill() {
        return structure.isStill(known);
    }

    long catalogVersion() {
        return catalogVersion;
    }

    @Override
    public Answer read(SqlTransaction within, HeapRow key, HeapRow row) {
        byte[] logical = rows.logical(key);
        if (logical == null || !(within instanceof TableTransaction transaction)) {
            return Answer.UNKNOWN;
        }
        try {
            PointChanges points = transaction.points();
            if (points != null) {
                return read(transaction, points, logical, key, row);
            }
            try (DirectStatement statement = transaction.directStatement(catalogVersion, table)) {
                return statement == null ? Answer.UNKNOWN : read(statement, logical, key, row);
            }
        } catch (FDBException e) {
            return Answer.UNKNOWN;
        }
    }

    private Answer read(TableTransaction transaction, PointChanges points, byte[] logical, HeapRow key, HeapRow row) {
        byte[] own = points.written(logical);
        Answer answer = read(transaction.snapshot(), own == null ? null : Delta.own(own), logical, key, row);
        if (answer != Answer.UNKNOWN) {
            points.read(table, fence, logical);
            transaction.pointDone();
        }
        return answer;
    }

    private Answer read(DirectStatement statement, byte[] logical, HeapRow key, HeapRow row) {
        statement.reads(logical);
        Answer answer = read(statement.snapshot(), statement.written(logical), logical, key, row);
        if (answer != Answer.UNKNOWN) {
            statement.end();
        }
        return answer;
    }

    /**
     * Reads a row as a statement of a block sees it.
     *
     * @param own what the block wrote on the key
     */
    Answer read(TransactionSnapshot snapshot, @Nullable Delta own, byte[] logical, HeapRow key, HeapRow row) {
        if (!learn(snapshot)) {
            return Answer.UNKNOWN;
        }
        if (own != null) {
            if (!own.isPut()) {
                return Answer.UNKNOWN;
            }
            rows.decode(own, row);
            return Answer.FOUND;
        }
        return rows.read(snapshot.version(), logical, key, row);
    }

    @Override
    public Answer read(HeapRow key, HeapRow row) {
        if (!structure.isStill(known) && !learn()) {
            return Answer.UNKNOWN;
        }
        try {
            Answer answer = rows.read(storage.keySpace().currentVersion(), key, row);
            return structure.isStill(known) ? answer : Answer.UNKNOWN;
        } catch (FDBException e) {
            // The version was collected meanwhile; a transaction keeps the one that it reads.
            return Answer.UNKNOWN;
        }
    }

    /** Reads catalog and manifest anew; false if they change just now, or the catalog is another. */
    private boolean learn() {
        long count = structure.now();
        if (count == NEVER) {
            return false;
        }
        try (TransactionSnapshot snapshot = TransactionSnapshot.current(storage)) {
            return snapshot.structure() == count && learn(snapshot);
        }
    }

    /** Reads catalog and manifest of a snapshot; false if the catalog is another. */
    private boolean learn(TransactionSnapshot snapshot) {
        long structure = snapshot.structure();
        if (structure == known && structure != NEVER) {
            return true;
        }
        known = NEVER;
        if (catalogs.load(snapshot.reads()).version() != catalogVersion) {
            return false;
        }
        rows.learn(snapshot.reads());
        known = structure;
        return true;
    }
}
