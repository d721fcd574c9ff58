package io.kadedb.storage.transaction;

import io.kadedb.storage.api.AdvisoryLock;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.api.SessionLocks;
import io.kadedb.storage.lock.LockGroup;
import io.kadedb.storage.lock.LockOwner;
import io.kadedb.storage.lock.LockSpan;
import io.kadedb.storage.lock.LockTable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A session's locks in the lock table, with how often each was got: shared ones and others have an owner each. */
final class OwnedSessionLocks implements SessionLocks {
    /** Where the lock table has advisory locks: tables have positive ids. */
    private static final long PLACE = -1;

    private static final long PAIRS = -2;

    private final LockTable table;
    private final LockGroup group = new LockGroup();
    private final LockOwner alone;
    private final LockOwner sharing;
    private final Map<Key, Integer> aloneCounts = new HashMap<>();
    private final Map<Key, Integer> sharedCounts = new HashMap<>();

    OwnedSessionLocks(LockTable table, String name) {
        this.table = table;
        this.alone = table.newLastingOwner(name, group);
        this.sharing = table.newLastingOwner(name, group);
    }

    LockGroup group() {
        return group;
    }

    private record Key(long key, boolean isPair) {
        static Key of(AdvisoryLock lock) {
            return new Key(lock.key(), lock.isPair());
        }
    }

    static LockSpan span(AdvisoryLock lock) {
        return LockSpan.key(
                lock.isPair() ? PAIRS : PLACE,
                ByteBuffer.allocate(Long.BYTES).putLong(lock.key()).array());
    }

    static RowLockMode mode(boolean shared) {
        return shared ? RowLockMode.SHARE : RowLockMode.UPDATE;
    }

    LockOwner owner(boolean shared) {
        return shared ? sharing : alone;
    }

    private Map<Key, Integer> counts(boolean shared) {
        return shared ? sharedCounts : aloneCounts;
    }

    /** Notes that a lock was got once more. */
    synchronized void got(AdvisoryLock lock) {
        counts(lock.shared()).merge(Key.of(lock), 1, Integer::sum);
    }

    /** Gives back what was waited for and then not taken. */
    synchronized void giveBackUnlessTaken(AdvisoryLock lock) {
        if (!counts(lock.shared()).containsKey(Key.of(lock))) {
            table.release(owner(lock.shared()), span(lock));
        }
    }

    /** Forgets that a lock was got once; it stays held until {@link #giveBackUnlessTaken}. */
    synchronized void untake(AdvisoryLock lock) {
        counts(lock.shared()).computeIfPresent(Key.of(lock), (key, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public synchronized boolean unlock(AdvisoryLock lock) {
        if (!counts(lock.shared()).containsKey(Key.of(lock))) {
            return false;
        }
        untake(lock);
        giveBackUnlessTaken(lock);
        return true;
    }

    @Override
    public synchronized void unlockAll() {
        aloneCounts.clear();
        sharedCounts.clear();
        table.release(alone, 0);
        table.release(sharing, 0);
    }

    @Override
    public void close() {
        unlockAll();
    }
}
