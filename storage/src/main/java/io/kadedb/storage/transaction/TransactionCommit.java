package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.storage.catalog.CatalogChanges;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.StorageErrors;
import io.kadedb.storage.table.TableStorage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction commits: its changes, and what must not have been changed since the version that it reads.
 *
 * @param points what statements of single rows did, if there were no others
 * @param catalog null if it does not change
 * @param buckets of continuous aggregates, that have changed
 * @param withReads whether what was read must be unchanged too
 */
record TransactionCommit(
        TableStorage storage,
        Collection<TableChanges> tables,
        @Nullable PointChanges points,
        @Nullable CatalogChanges catalog,
        Buckets buckets,
        boolean withReads,
        long readVersion) {
    /** What is noted of buckets, for those aggregates that still are there. */
    record Buckets(BucketChanges changes, LongPredicate exists) {}

    private static final int MOST_QUICK_TABLES = 16;
    private static final int MOST_QUICK_KEYS = 1_000;

    /** Whether it could be committed now, as far as others are concerned. */
    boolean isUnchanged() {
        try (Transaction transaction = storage.keySpace().transactionAt(readVersion)) {
            addReadConflicts(transaction);
            storage.keySpace().validate(transaction);
            return true;
        } catch (FDBException e) {
            var error = StorageErrors.translate(e);
            if (error.code() == ErrorCode.SERIALIZATION_FAILURE) {
                return false;
            }
            throw error;
        }
    }

    /**
     * Commits.
     *
     * @throws FDBException as the key space does, or within a {@link java.util.concurrent.CompletionException}
     */
    void run() {
        PointChanges single = points;
        if (single != null) {
            single.commit(storage.keySpace(), readVersion, withReads);
        } else if (!runQuickly()) {
            runInFull();
        }
    }

    private void runInFull() {
        try (Transaction transaction = storage.keySpace().transactionAt(readVersion)) {
            write(transaction);
            if (catalog != null || hasStaged()) {
                storage.structure().changing(() -> transaction.commit().join());
            } else {
                transaction.commit().join();
            }
        }
    }

    /** Commits if there is no more to it than single keys that were read, and rows. */
    private boolean runQuickly() {
        if (catalog != null || tables.size() > MOST_QUICK_TABLES) {
            return false;
        }
        List<byte[]> unchanged = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (TableChanges changes : tables) {
            if (!changes.addTo(unchanged, keys, values, withReads)) {
                return false;
            }
        }
        if (unchanged.size() > MOST_QUICK_KEYS || !buckets.changes.addTo(keys, values, buckets.exists)) {
            return false;
        }
        storage.keySpace().commitStamped(readVersion, array(unchanged), array(keys), array(values));
        return true;
    }

    private static byte[][] array(List<byte[]> list) {
        return list.toArray(byte[][]::new);
    }

    private boolean hasStaged() {
        boolean any = false;
        for (TableChanges changes : tables) {
            any |= changes.hasStaged();
        }
        return any;
    }

    private void write(Transaction transaction) {
        CatalogChanges changed = catalog;
        if (changed != null) {
            changed.write(transaction);
        }
        addReadConflicts(transaction);
        for (TableChanges changes : tables) {
            changes.write(transaction);
        }
        buckets.changes.write(transaction, buckets.exists);
    }

    private void addReadConflicts(Transaction transaction) {
        if (catalog != null) {
            transaction.addReadConflictKey(KeyLayout.catalogVersion());
        }
        PointChanges single = points;
        if (single != null) {
            single.addReadConflicts(transaction, withReads);
        }
        for (TableChanges changes : tables) {
            if (changes.isConcerned(withReads)) {
                transaction.addReadConflictKey(changes.fence());
            }
            changes.addReadConflicts(transaction, withReads);
        }
    }
}
