package io.kadedb.storage.api;

/**
 * The advisory locks of a session that outlive its transactions. A lock that was got several times is given back as often.
 * Thread-safe.
 */
public interface SessionLocks extends AutoCloseable {
    /** Gives a lock back once; false when it is not held. */
    boolean unlock(AdvisoryLock lock);

    /** Gives everything back. */
    void unlockAll();

    /** Gives everything back: the session ends. */
    @Override
    void close();
}
