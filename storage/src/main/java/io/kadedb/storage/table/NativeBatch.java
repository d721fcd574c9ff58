package io.kadedb.storage.table;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Native memory for one batch after another. Owned by one thread. */
public final class NativeBatch implements AutoCloseable {
    private static final int SLACK = 64;

    private final MemoryPool pool;
    private final List<ColumnBuffer> buffers = new ArrayList<>();
    private final @Nullable MemorySegment[] data;
    private final @Nullable MemorySegment[] validity;
    private final @Nullable MemorySegment[] text;

    public NativeBatch(MemoryPool pool, List<SqlType> types) {
        this.pool = pool;
        for (SqlType type : types) {
            buffers.add(new ColumnBuffer(type, 64));
        }
        this.data = new MemorySegment[types.size()];
        this.validity = new MemorySegment[types.size()];
        this.text = new MemorySegment[types.size()];
    }

    /** The columns to fill, after {@link #clear}. */
    public List<ColumnBuffer> columns() {
        return buffers;
    }

    public void clear() {
        buffers.forEach(ColumnBuffer::clear);
    }

    /** What the columns hold as a batch, valid until the next call. */
    public Batch toBatch(int rows) {
        List<ColumnVector> vectors = new ArrayList<>(buffers.size());
        for (int i = 0; i < buffers.size(); i++) {
            ColumnBuffer buffer = buffers.get(i);
            MemorySegment values = grown(data, i, buffer.dataBytes());
            if (buffer.type().layout() == Layout.BIT) {
                values.fill((byte) 0);
            }
            MemorySegment bits = buffer.nulls() == 0 ? null : grown(validity, i, ColumnVector.bitmapBytes(rows));
            MemorySegment bytes = buffer.isVarbytes() ? grown(text, i, buffer.totalBytes()) : null;
            vectors.add(buffer.copyTo(values, bits, bytes));
        }
        return new Batch(rows, vectors);
    }

    private MemorySegment grown(@Nullable MemorySegment[] segments, int index, long bytes) {
        MemorySegment old = segments[index];
        if (old != null && old.byteSize() >= bytes + SLACK) {
            return old;
        }
        MemorySegment larger = pool.allocate(bytes + bytes / 2 + SLACK);
        segments[index] = larger;
        if (old != null) {
            pool.free(old);
        }
        return larger;
    }

    @Override
    public void close() {
        free(data);
        free(validity);
        free(text);
    }

    private void free(@Nullable MemorySegment[] segments) {
        for (int i = 0; i < segments.length; i++) {
            MemorySegment segment = segments[i];
            if (segment != null) {
                segments[i] = null;
                pool.free(segment);
            }
        }
    }
}
