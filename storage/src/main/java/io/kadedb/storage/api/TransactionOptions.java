package io.kadedb.storage.api;

/**
 * How a transaction runs.
 *
 * @param owner whose it is, for messages about locks
 */
public record TransactionOptions(IsolationLevel isolation, String owner) {
    /** Serializable, of nobody in particular. */
    public static final TransactionOptions DEFAULT = new TransactionOptions(IsolationLevel.SERIALIZABLE, "internal");
}
