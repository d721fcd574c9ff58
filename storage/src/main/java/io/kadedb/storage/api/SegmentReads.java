package io.kadedb.storage.api;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads of committed values straight into native memory, without a future and an array for each value. They see no
 * transaction's own writes and add no conflict ranges: for column chunks, which are immutable once published. Safe for
 * any number of threads.
 *
 * <p>Every method throws an {@code FDBException} with code 1007 when the version is older than
 * {@link KeySpace#oldestVersion()}, with code 1009 when it is in the future.
 */
public interface SegmentReads {
    /**
     * The value of a key at a version, copied into memory from the allocator and aligned to 8 bytes; null when the key
     * has none.
     */
    @Nullable
    MemorySegment read(byte[] key, long version, SegmentAllocator allocator);

    /** The values of many keys at one version, in the order of the keys, as {@link #read} gives each. */
    List<@Nullable MemorySegment> readAll(List<byte[]> keys, long version, SegmentAllocator allocator);

    /**
     * Copies the values of all keys in {@code [begin, end)} at a version, in key order, one after another into one
     * segment: the chunks that a large value was cut into become whole again.
     *
     * @param sizeHint the expected total in bytes; a wrong hint costs a copy, not correctness
     * @return the values end to end; empty when there is none
     */
    MemorySegment readConcatenated(byte[] begin, byte[] end, long version, long sizeHint, SegmentAllocator allocator);
}
