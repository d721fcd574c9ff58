package io.kadedb.executor.memory;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link MemoryPool} over Arrow's allocators, so that memory handed to Arrow readers and writers counts against the
 * same budget. Arrow does not align its buffers, so each is allocated with room to move to a 64-byte boundary.
 */
public final class ArrowMemoryPool implements MemoryPool {
    private static final Logger LOG = LoggerFactory.getLogger(ArrowMemoryPool.class);
    private static final int ALIGNMENT = 64;

    @SuppressWarnings("restricted")
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private final BufferAllocator allocator;
    private final @Nullable ArrowMemoryPool parent;
    private final Map<Long, ArrowBuf> buffers = new ConcurrentHashMap<>();

    private ArrowMemoryPool(BufferAllocator allocator, @Nullable ArrowMemoryPool parent) {
        this.allocator = allocator;
        this.parent = parent;
    }

    /** The pool of a process. */
    public static ArrowMemoryPool root(long limitBytes) {
        return new ArrowMemoryPool(new RootAllocator(AllocationListener.NOOP, limitBytes, size -> size), null);
    }

    @Override
    public MemorySegment allocate(long bytes) {
        long size = Math.max(ALIGNMENT, (bytes + ALIGNMENT - 1) & -ALIGNMENT);
        ArrowBuf buffer;
        try {
            buffer = allocator.buffer(size + ALIGNMENT);
        } catch (OutOfMemoryException e) {
            throw outOfMemory(size, e);
        }
        long address = (buffer.memoryAddress() + ALIGNMENT - 1) & -ALIGNMENT;
        buffers.put(address, buffer);
        return EVERYTHING.asSlice(address, size).fill((byte) 0);
    }

    private KadeException outOfMemory(long bytes, OutOfMemoryException cause) {
        // The limit that was hit may be this pool's or one further up.
        ArrowMemoryPool full = this;
        for (ArrowMemoryPool pool = this; pool != null; pool = pool.parent) {
            if (pool.allocator.getHeadroom() < bytes + ALIGNMENT
                    && pool.allocator.getLimit() - pool.allocator.getAllocatedMemory() < bytes + ALIGNMENT) {
                full = pool;
                break;
            }
        }
        return KadeException.of(
                        ErrorCode.OUT_OF_MEMORY,
                        "out of memory: " + bytes + " bytes wanted, " + full.allocatedBytes() + " of the limit of "
                                + full.allocator.getLimit() + " bytes are in use (" + full.allocator.getName() + ")",
                        cause)
                .hint("raise it with SET memory_limit, or let the statement work on fewer rows");
    }

    @Override
    public void free(MemorySegment segment) {
        ArrowBuf buffer = buffers.remove(segment.address());
        if (buffer == null) {
            throw new IllegalStateException("not allocated by this pool, or freed before: " + segment);
        }
        buffer.close();
    }

    @Override
    public long allocatedBytes() {
        return allocator.getAllocatedMemory();
    }

    public long limitBytes() {
        return allocator.getLimit();
    }

    @Override
    public ArrowMemoryPool child(String name, long limitBytes) {
        return new ArrowMemoryPool(allocator.newChildAllocator(name, 0, limitBytes), this);
    }

    /** The allocator to hand to Arrow's own readers and writers; it ends with this pool. */
    public BufferAllocator arrowAllocator() {
        return allocator;
    }

    @Override
    public void close() {
        if (!buffers.isEmpty()) {
            String sizes = buffers.values().stream()
                    .map(buffer -> Long.toString(buffer.capacity() - ALIGNMENT))
                    .sorted()
                    .limit(20)
                    .collect(Collectors.joining(", "));
            String leak = buffers.size() + " segments were never freed in memory pool " + allocator.getName()
                    + ", of bytes: " + sizes;
            buffers.values().forEach(ArrowBuf::close);
            buffers.clear();
            allocator.close();
            assert false : leak;
            LOG.error("memory leak: {}", leak);
            return;
        }
        allocator.close();
    }
}
