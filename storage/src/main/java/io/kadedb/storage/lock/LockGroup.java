package io.kadedb.storage.lock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owners of locks that are never in each other's way, of which one waits at a time: a session's, and those of its transactions.
 * Guarded by the lock table.
 */
public final class LockGroup {
    private final List<LockOwner> lasting = new ArrayList<>(2);
    private @Nullable LockRequest waiting;

    /** Takes an owner that outlives transactions. */
    void add(LockOwner owner) {
        lasting.add(owner);
    }

    /** Whether no lasting owner has a lock. */
    boolean holdsNothing() {
        for (LockOwner owner : lasting) {
            if (!owner.acquired().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    LockRequest waiting() {
        return waiting;
    }

    void setWaiting(@Nullable LockRequest request) {
        waiting = request;
    }
}
