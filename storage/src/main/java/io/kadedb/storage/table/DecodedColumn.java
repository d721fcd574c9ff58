package io.kadedb.storage.table;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.storage.format.v1.ColumnBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A decoded column of a segment, freed when the last of its holders has released it. Thread-safe. */
public final class DecodedColumn {
    private final MemoryPool pool;
    private final List<MemorySegment> memory;
    private final ColumnVector vector;
    private final long bytes;
    private final AtomicInteger holders = new AtomicInteger(1);

    private DecodedColumn(MemoryPool pool, List<MemorySegment> memory, ColumnVector vector) {
        this.pool = pool;
        this.memory = memory;
        this.vector = vector;
        this.bytes = memory.stream().mapToLong(MemorySegment::byteSize).sum();
    }

    /** A column held once, by the caller; the decoder is given memory that the column then owns. */
    static DecodedColumn decode(MemoryPool pool, Function<SegmentAllocator, ColumnVector> decoder) {
        List<MemorySegment> memory = new ArrayList<>(3);
        boolean done = false;
        try {
            ColumnVector vector = decoder.apply((size, alignment) -> {
                MemorySegment segment = pool.allocate(size);
                memory.add(segment);
                return segment;
            });
            done = true;
            return new DecodedColumn(pool, memory, vector);
        } finally {
            if (!done) {
                memory.forEach(pool::free);
            }
        }
    }

    /** A column of the values of a buffer, held once. */
    static DecodedColumn of(MemoryPool pool, ColumnBuffer values) {
        return decode(
                pool,
                allocator -> values.copyTo(
                        allocator.allocate(values.dataBytes() + 64, 64),
                        allocator.allocate(ColumnVector.bitmapBytes(values.rows()) + 64, 64),
                        allocator.allocate(values.totalBytes() + 64, 64)));
    }

    public ColumnVector vector() {
        return vector;
    }

    long bytes() {
        return bytes;
    }

    /** Holds it once more; false when it is freed already. */
    boolean retain() {
        int count = holders.get();
        while (count > 0) {
            if (holders.compareAndSet(count, count + 1)) {
                return true;
            }
            count = holders.get();
        }
        return false;
    }

    /** Gives up one hold. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            memory.forEach(pool::free);
        }
    }
}
