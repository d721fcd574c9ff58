package io.kadedb.storage.rocksdb;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one disk flush answer for all writes that came before it, whoever waits for them. */
final class GroupSync {
    private final AtomicLong written = new AtomicLong();
    private final ReentrantLock syncing = new ReentrantLock();
    private volatile long synced;

    /** What flushes everything written so far. */
    interface Flush<E extends Exception> {
        void run() throws E;
    }

    /** Notes a write that reached the log. */
    void wrote() {
        written.incrementAndGet();
    }

    /** Returns when everything written before the call is flushed. */
    <E extends Exception> void await(Flush<E> flush) throws E {
        long wanted = written.get();
        if (synced >= wanted) {
            return;
        }
        syncing.lock();
        try {
            if (synced < wanted) {
                long covered = written.get();
                flush.run();
                synced = covered;
            }
        } finally {
            syncing.unlock();
        }
    }
}
