package io.kadedb.storage.api;

/** A database's tables over one key space: opens transactions and folds in the background. Thread-safe. */
public interface Store extends AutoCloseable {
    /** Begins a serializable transaction at the newest committed version. */
    SqlTransaction begin();

    /** Stops background work and closes the key space; running transactions fail with 57P01. */
    @Override
    void close();
}
