package io.kadedb.storage.api;

import java.util.List;

/** A database's tables over one key space: opens transactions and folds in the background. Thread-safe. */
public interface Store extends AutoCloseable {
    SqlTransaction begin(TransactionOptions options);

    /** Begins a serializable transaction. */
    default SqlTransaction begin() {
        return begin(TransactionOptions.DEFAULT);
    }

    /** Who waits for whose locks now. */
    List<LockWait> lockWaits();

    /** Stops background work and closes the key space; running transactions fail with 57P01. */
    @Override
    void close();
}
