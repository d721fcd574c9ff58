package io.kadedb.storage.api;

import java.util.Optional;

/**
 * How a transaction runs.
 *
 * @param owner whose it is, for messages about locks
 * @param session whose locks are never in its way; of the same store
 */
public record TransactionOptions(IsolationLevel isolation, String owner, Optional<SessionLocks> session) {
    /** One without a session. */
    public TransactionOptions(IsolationLevel isolation, String owner) {
        this(isolation, owner, Optional.empty());
    }

    /** Serializable, of nobody in particular. */
    public static final TransactionOptions DEFAULT = new TransactionOptions(IsolationLevel.SERIALIZABLE, "internal");
}
