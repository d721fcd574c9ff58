package io.kadedb.executor.graph;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Zeroed int64 values in native memory. */
public final class Longs implements AutoCloseable {
    private static final VarHandle VALUE = ValueLayout.JAVA_LONG.varHandle();

    private final MemoryPool memory;
    private final MemorySegment segment;
    private final long address;
    private final int length;
    private boolean closed;

    public Longs(int length, MemoryPool memory) {
        this.memory = memory;
        this.segment = memory.allocate(8L * Math.max(1, length));
        this.address = segment.address();
        this.length = length;
    }

    public int length() {
        return length;
    }

    public long get(int index) {
        assert index >= 0 && index < length;
        return Native.getLong(address + 8L * index);
    }

    public void set(int index, long value) {
        assert index >= 0 && index < length;
        Native.putLong(address + 8L * index, value);
    }

    /** Adds to a value; may race with others that do. */
    public void addAtomically(int index, long value) {
        long _ = (long) VALUE.getAndAdd(segment, 8L * index, value);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.free(segment);
        }
    }
}
