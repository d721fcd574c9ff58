package io.kadedb.storage.transaction;

import io.kadedb.common.data.MemoryPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Native memory for tests, without a limit; touching what was freed fails, and what is never freed is found at close. */
public final class ArenaPool implements MemoryPool {
    private final ConcurrentHashMap<Long, Arena> arenas = new ConcurrentHashMap<>();
    private final AtomicLong allocated = new AtomicLong();
    private final boolean collected;

    public ArenaPool() {
        this(false);
    }

    private ArenaPool(boolean collected) {
        this.collected = collected;
    }

    /**
     * One that leaves what is freed to the garbage collector, for tests that take long: each other free waits for all threads, which
     * takes most of the time on a busy machine.
     */
    public static ArenaPool collected() {
        return new ArenaPool(true);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker")
    public MemorySegment allocate(long bytes) {
        Arena arena = collected ? Arena.ofAuto() : Arena.ofShared();
        MemorySegment segment = arena.allocate(Math.max(bytes, 1), 64);
        arenas.put(segment.address(), arena);
        allocated.addAndGet(segment.byteSize());
        return segment;
    }

    @Override
    public void free(MemorySegment segment) {
        Arena arena = arenas.remove(segment.address());
        if (arena == null) {
            throw new AssertionError("freed twice");
        }
        allocated.addAndGet(-segment.byteSize());
        if (!collected) {
            arena.close();
        }
    }

    @Override
    public long allocatedBytes() {
        return allocated.get();
    }

    @Override
    public MemoryPool child(String name, long limitBytes) {
        return this;
    }

    @Override
    public void close() {
        if (!arenas.isEmpty()) {
            throw new AssertionError(arenas.size() + " segments of " + allocated + " bytes are not freed");
        }
    }
}
