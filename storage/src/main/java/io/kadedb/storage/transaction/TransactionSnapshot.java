package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.table.StorageErrors;
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
