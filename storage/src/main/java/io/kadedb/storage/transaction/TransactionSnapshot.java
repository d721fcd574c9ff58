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
import io.kadedb.storage.table.StructureClock;
import io.kadedb.storage.table.TableStorage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;

/** A version that a transaction reads, kept from being collected. */
final class TransactionSnapshot implements AutoCloseable {
    /** The count of a structure that was just being changed. */
    static final long UNKNOWN_STRUCTURE = -1;

    private final KeySpace.Pin pin;
    private final ReadTransaction reads;
    private final long structure;

    private TransactionSnapshot(KeySpace.Pin pin, ReadTransaction reads, long structure) {
        this.pin = pin;
        this.reads = reads;
        this.structure = structure;
    }

    /** The newest committed version. */
    static TransactionSnapshot current(TableStorage storage) {
        KeySpace keySpace = storage.keySpace();
        StructureClock clock = storage.structure();
        try {
            long before = clock.now();
            KeySpace.Pin pin = keySpace.pin(keySpace.currentVersion());
            boolean complete = false;
            try {
                long structure = clock.isStill(before) ? before : UNKNOWN_STRUCTURE;
                TransactionSnapshot snapshot = new TransactionSnapshot(pin, keySpace.readsAt(pin.version()), structure);
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
            TransactionSnapshot snapshot =
                    new TransactionSnapshot(pin, keySpace.readsAt(pin.version()), UNKNOWN_STRUCTURE);
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

    /** The count of the structure that definitions and manifests have at the version. */
    long structure() {
        return structure;
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
