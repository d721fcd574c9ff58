package io.kadedb.executor.graph;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;

/** Zeroed float64 values in native memory. Not thread-safe where threads write the same place. */
public final class Doubles implements AutoCloseable {
    private final MemoryPool memory;
    private final MemorySegment segment;
    private final long address;
    private final int length;
    private boolean closed;

    public Doubles(int length, MemoryPool memory) {
        this.memory = memory;
        this.segment = memory.allocate(8L * Math.max(1, length));
        this.address = segment.address();
        this.length = length;
    }

    public int length() {
        return length;
    }

    public double get(int index) {
        assert index >= 0 && index < length;
        return Native.getDouble(address + 8L * index);
    }

    public void set(int index, double value) {
        assert index >= 0 && index < length;
        Native.putDouble(address + 8L * index, value);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.free(segment);
        }
    }
}
