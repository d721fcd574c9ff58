package io.kadedb.storage.api;

import java.lang.foreign.MemorySegment;

/**
 * A bulk load under a prefix that nothing refers to yet. What is written here is not part of a transaction, has no size
 * limit beyond that of each key and value, and is visible at every version, so that the writer can read it whatever
 * snapshot it holds. Nobody else may read or write under the prefix until a transaction, committed after
 * {@link #makeDurable()}, publishes it by writing a reference elsewhere. After a crash before that, the prefix holds
 * garbage that {@link KeySpace#discard} removes.
 *
 * <p>Owned by one thread.
 */
public interface StagedWrites extends AutoCloseable {
    /** Writes a value; the key must start with the prefix. */
    void set(byte[] key, byte[] value);

    /** Writes a value from memory of any kind; the key must start with the prefix. */
    void set(byte[] key, MemorySegment value);

    /** Returns when everything set so far survives a crash. */
    void makeDurable();

    /** Bytes of keys and values set so far. */
    long bytes();

    /** Ends the writing; what was not made durable may be lost. Nothing is removed. */
    @Override
    void close();
}
