package io.kadedb.storage.lock;

import java.util.LinkedHashSet;
import java.util.Set;

/** The owners that a request has to wait for. */
final class Blockers {
    private final Set<LockOwner> owners = new LinkedHashSet<>();

    void add(LockOwner owner) {
        owners.add(owner);
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }

    Set<LockOwner> owners() {
        return owners;
    }
}
