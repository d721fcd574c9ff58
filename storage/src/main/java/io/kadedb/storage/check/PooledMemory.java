package io.kadedb.storage.check;

import io.kadedb.common.data.MemoryPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/** Memory of a pool that is given back together. Owned by one thread. */
final class PooledMemory implements SegmentAllocator, AutoCloseable {
    private final MemoryPool pool;
    private final List<MemorySegment> taken = new ArrayList<>();

    PooledMemory(MemoryPool pool) {
        this.pool = pool;
    }

    @Override
    public MemorySegment allocate(long bytes, long alignment) {
        MemorySegment segment = pool.allocate(Math.max(1, bytes));
        taken.add(segment);
        return segment.asSlice(0, bytes);
    }

    @Override
    public void close() {
        taken.forEach(pool::free);
        taken.clear();
    }
}
