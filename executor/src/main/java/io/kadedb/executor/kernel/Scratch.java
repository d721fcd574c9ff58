package io.kadedb.executor.kernel;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory an evaluator computes into: buffers that grow to the largest batch seen. */
final class Scratch implements AutoCloseable {
    private final MemoryPool memory;
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<VectorBuilder> builders = new ArrayList<>();

    Scratch(MemoryPool memory) {
        this.memory = memory;
    }

    MemoryPool memory() {
        return memory;
    }

    Buffer buffer() {
        Buffer buffer = new Buffer();
        buffers.add(buffer);
        return buffer;
    }

    VectorBuilder builder(io.kadedb.common.type.SqlType type) {
        VectorBuilder builder = new VectorBuilder(type, memory);
        builders.add(builder);
        return builder;
    }

    @Override
    public void close() {
        buffers.forEach(Buffer::free);
        builders.forEach(VectorBuilder::close);
    }

    /** One growable segment; what it held is lost when it grows. */
    final class Buffer {
        private @Nullable MemorySegment segment;

        MemorySegment bytes(long wanted) {
            MemorySegment current = segment;
            if (current == null || current.byteSize() < wanted) {
                MemorySegment grown =
                        memory.allocate(current == null ? wanted : Math.max(wanted, 2 * current.byteSize()));
                free();
                segment = grown;
                current = grown;
            }
            return current;
        }

        MemorySegment bitmap(int bits) {
            return bytes(ColumnVector.bitmapBytes(bits));
        }

        private void free() {
            if (segment != null) {
                memory.free(segment);
                segment = null;
            }
        }
    }
}
