package io.kadedb.storage.api;

import io.kadedb.common.lock.LockMode;
import java.util.List;

/**
 * Locks of one mode that a transaction holds in a table, or one that it waits for.
 *
 * @param owner as in {@link TransactionOptions}
 * @param tableId of the table that is locked, or whose rows are
 * @param mode of the rows, or of the table as a whole
 * @param rows how many rows or ranges of them; of a table as a whole how often
 * @param target what is waited for, in words; empty for locks that are held
 * @param blockers who holds it or was there first; none for locks that are held
 * @param waitedMillis how long it has been waited for
 */
public record LockState(
        String owner,
        long tableId,
        LockMode mode,
        boolean granted,
        long rows,
        String target,
        List<String> blockers,
        long waitedMillis) {
    public LockState {
        blockers = List.copyOf(blockers);
    }
}
