package io.kadedb.storage.lock;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The owners that a request has to wait for: all of them, or the first that is found, to know whether there is one. */
final class Blockers {
    private final boolean all;
    private @Nullable LockOwner first;
    private @Nullable Set<LockOwner> owners;

    private Blockers(boolean all) {
        this.all = all;
    }

    static Blockers all() {
        return new Blockers(true);
    }

    static Blockers any() {
        return new Blockers(false);
    }

    void add(LockOwner owner) {
        if (first == null) {
            first = owner;
        }
        if (all) {
            owners().add(owner);
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Whether nobody else is asked for. */
    boolean isEnough() {
        return !all && first != null;
    }

    Set<LockOwner> owners() {
        Set<LockOwner> known = owners;
        if (known == null) {
            known = new LinkedHashSet<>();
            owners = known;
        }
        return known;
    }
}
