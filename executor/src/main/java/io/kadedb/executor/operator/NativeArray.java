package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Zeroed native memory of a pool that grows and moves. Belongs to one thread. */
final class NativeArray implements AutoCloseable {
    private final MemoryPool memory;
    private @Nullable MemorySegment segment;
    private long address;
    private long capacity;

    NativeArray(MemoryPool memory) {
        this.memory = memory;
    }

    /** Where it is now; changes when it grows. */
    long address() {
        return address;
    }

    long capacity() {
        return capacity;
    }

    /** Makes it at least so large; what is new is zero. Grows by doubling. */
    void ensure(long bytes) {
        if (bytes > capacity) {
            reallocate(Math.max(bytes, Math.max(256, capacity * 2)), capacity);
        }
    }

    /** Zeroes it at the size given, exactly. */
    void reset(long bytes) {
        reallocate(bytes, 0);
    }

    private void reallocate(long bytes, long keep) {
        MemorySegment old = segment;
        if (keep == 0 && old != null) {
            close();
            old = null;
        }
        MemorySegment grown = memory.allocate(bytes);
        if (old != null) {
            MemorySegment.copy(old, 0, grown, 0, keep);
            memory.free(old);
        }
        segment = grown;
        address = grown.address();
        capacity = bytes;
    }

    @Override
    public void close() {
        if (segment != null) {
            memory.free(segment);
            segment = null;
            address = 0;
            capacity = 0;
        }
    }
}
