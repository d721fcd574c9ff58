package io.kadedb.common.data;

import java.lang.foreign.MemorySegment;

/**
 * Hands out zeroed memory and counts it against a budget. Segments are 64-byte aligned native memory without liveness
 * checks: whoever allocates a segment frees it exactly once, and nobody touches it afterwards.
 *
 * <p>Implementations are thread-safe.
 */
public interface MemoryPool extends AutoCloseable {
    /**
     * Zeroed memory of at least the size.
     *
     * @throws io.kadedb.common.error.KadeException 53200 when the budget does not allow it
     */
    MemorySegment allocate(long bytes);

    /** Gives back what {@link #allocate} returned. */
    void free(MemorySegment segment);

    /** Bytes handed out and not given back. */
    long allocatedBytes();

    /** A pool whose memory also counts here, limited on its own. */
    MemoryPool child(String name, long limitBytes);

    /** Ends the pool; a leak is an assertion error in tests and a log line otherwise. */
    @Override
    void close();
}
