package io.kadedb.storage.lock;

import io.kadedb.common.lock.LockMode;
import io.kadedb.storage.api.RowLockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who holds one row, and who waits for it in which order. Guarded by the lock table. */
final class RowLock {
    private final List<Holder> holders = new ArrayList<>(1);
    private final List<LockRequest> queue = new ArrayList<>(0);
    /** How many of the queue are not {@linkplain LockRequest#isPlain plain}. */
    private int others;

    private static final class Holder {
        private final LockOwner owner;
        private RowLockMode mode;

        Holder(LockOwner owner, RowLockMode mode) {
            this.owner = owner;
            this.mode = mode;
        }
    }

    /** Those who wait, in their order; not to be changed. */
    List<LockRequest> queue() {
        return queue;
    }

    /** @param first whether it goes before all others */
    void enqueue(LockRequest request, boolean first) {
        queue.add(first ? 0 : queue.size(), request);
        others += request.isPlain() ? 0 : 1;
    }

    void dequeue(LockRequest request) {
        if (queue.remove(request)) {
            others -= request.isPlain() ? 0 : 1;
        }
    }

    /** The first in line where it is all that has to be looked at: nobody holds the row, and the others wait for the first. */
    @Nullable
    LockRequest onlyFirst() {
        return holders.isEmpty() && others == 0 && !queue.isEmpty() ? queue.get(0) : null;
    }

    /** Takes a holder who has nothing of it yet. */
    void add(LockOwner owner, RowLockMode mode) {
        holders.add(new Holder(owner, mode));
    }

    @Nullable
    RowLockMode modeOf(LockOwner owner) {
        for (Holder holder : holders) {
            if (holder.owner == owner) {
                return holder.mode;
            }
        }
        return null;
    }

    /** Sets what an owner holds; null for nothing. */
    void set(LockOwner owner, @Nullable RowLockMode mode) {
        for (int i = 0; i < holders.size(); i++) {
            if (holders.get(i).owner == owner) {
                if (mode == null) {
                    holders.remove(i);
                } else {
                    holders.get(i).mode = mode;
                }
                return;
            }
        }
        if (mode != null) {
            add(owner, mode);
        }
    }

    void forEachHolder(BiConsumer<LockOwner, RowLockMode> action) {
        holders.forEach(holder -> action.accept(holder.owner, holder.mode));
    }

    /** Adds the others who hold the row in a conflicting mode. */
    void addHolders(LockOwner owner, LockMode mode, Blockers blockers) {
        for (Holder holder : holders) {
            if (!holder.owner.isWith(owner) && holder.mode.excludes(mode)) {
                blockers.add(holder.owner);
            }
        }
    }

    /**
     * Adds the others who wait for the row in a conflicting mode and came before a request.
     *
     * @param overtaken who is passed, and with it those behind it that hold no lock
     */
    void addQueued(
            LockOwner owner,
            LockMode mode,
            @Nullable LockRequest request,
            Predicate<LockRequest> overtaken,
            Blockers blockers) {
        boolean passing = false;
        for (LockRequest earlier : queue) {
            if (earlier == request || blockers.isEnough()) {
                return;
            }
            passing |= overtaken.test(earlier);
            boolean passed = passing && earlier.owner().holdsNothing();
            if (!passed && !earlier.owner().isWith(owner) && earlier.mode().excludes(mode)) {
                blockers.add(earlier.owner());
            }
        }
    }

    boolean isEmpty() {
        return holders.isEmpty() && queue.isEmpty();
    }
}
