package io.kadedb.storage.api;

import java.util.List;

/**
 * A transaction that waits for a lock.
 *
 * @param owner as in {@link TransactionOptions}
 * @param target what is locked, in words
 * @param blockers the owners that hold it, or were there first
 */
public record LockWait(String owner, String target, List<String> blockers) {
    public LockWait {
        blockers = List.copyOf(blockers);
    }
}
