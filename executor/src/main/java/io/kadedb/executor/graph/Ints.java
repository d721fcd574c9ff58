package io.kadedb.executor.graph;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Zeroed int32 values in native memory. */
public final class Ints implements AutoCloseable {
    private static final VarHandle VALUE = ValueLayout.JAVA_INT.varHandle();

    private final MemoryPool memory;
    private final MemorySegment segment;
    private final long address;
    private final int length;
    private boolean closed;

    public Ints(int length, MemoryPool memory) {
        this.memory = memory;
        this.segment = memory.allocate(4L * Math.max(1, length));
        this.address = segment.address();
        this.length = length;
    }

    public int length() {
        return length;
    }

    public int get(int index) {
        assert index >= 0 && index < length;
        return Native.getInt(address + 4L * index);
    }

    public void set(int index, int value) {
        assert index >= 0 && index < length;
        Native.putInt(address + 4L * index, value);
    }

    /** Adds to a value, and gives what it was; may race with others that do. */
    public int addAtomically(int index, int value) {
        return (int) VALUE.getAndAdd(segment, 4L * index, value);
    }

    /** A value that others may be changing. */
    public int getVolatile(int index) {
        return (int) VALUE.getVolatile(segment, 4L * index);
    }

    /** Changes a value unless another thread has. */
    public boolean compareAndSet(int index, int expected, int value) {
        return VALUE.compareAndSet(segment, 4L * index, expected, value);
    }

    /** Sets all values. */
    public void fill(byte eachByte) {
        Native.fill(address, 4L * length, eachByte);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.free(segment);
        }
    }
}
