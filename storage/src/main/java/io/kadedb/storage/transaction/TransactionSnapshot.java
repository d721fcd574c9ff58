package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.StorageErrors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;

/** A version that a transaction reads, kept from being collected. */
final class TransactionSnapshot implements AutoCloseable {
    private final KeySpace.Pin pin;
    private final ReadTransaction reads;

    private TransactionSnapshot(KeySpace.Pin pin, ReadTransaction reads) {
        this.pin = pin;
        this.reads = reads;
    }

    /** The newest committed version. */
    static TransactionSnapshot current(KeySpace keySpace) {
        try {
            KeySpace.Pin pin = keySpace.pin(keySpace.currentVersion());
            boolean complete = false;
            try {
                TransactionSnapshot snapshot = new TransactionSnapshot(pin, keySpace.readsAt(pin.version()));
                complete = true;
                return snapshot;
            } finally {
                if (!complete) {
                    pin.close();
                }
            }
        } catch (FDBException e) {
            throw StorageErrors.translate(e);
        }
    }

    /**
     * The version that was current at a time.
     *
     * @throws KadeException 72000 when it is no longer kept
     */
    static TransactionSnapshot asOf(KeySpace keySpace, long epochMicros) {
        KeySpace.Pin pin;
        try {
            pin = keySpace.pin(keySpace.versionAsOf(epochMicros));
        } catch (FDBException e) {
            if (KeySpaceErrors.TRANSACTION_TOO_OLD.matches(e)) {
                throw tooOld(epochMicros, "the data of " + time(epochMicros) + " is no longer kept")
                        .hint("the oldest time that can be read is " + time(keySpace.oldestVersion()));
            }
            throw StorageErrors.translate(e);
        }
        boolean complete = false;
        try {
            TransactionSnapshot snapshot = new TransactionSnapshot(pin, keySpace.readsAt(pin.version()));
            if (StorageErrors.join(snapshot.reads.get(KeyLayout.catalogVersion())) == null) {
                throw tooOld(epochMicros, "the database was not there yet at " + time(epochMicros));
            }
            complete = true;
            return snapshot;
        } finally {
            if (!complete) {
                pin.close();
            }
        }
    }

    private static KadeException tooOld(long epochMicros, String message) {
        return KadeException.of(ErrorCode.SNAPSHOT_TOO_OLD, message).detail("Its version is " + epochMicros + ".");
    }

    private static String time(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).toString();
    }

    long version() {
        return pin.version();
    }

    ReadTransaction reads() {
        return reads;
    }

    CatalogSnapshot catalog(TableStore store) {
        try {
            return store.catalogs().load(reads());
        } catch (CompletionException | FDBException e) {
            throw StorageErrors.translate(e);
        }
    }

    @Override
    public void close() {
        pin.close();
    }
}
