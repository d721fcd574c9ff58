package io.kadedb.storage.table;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ChunkPieces;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A column of a segment that a scan goes through, from the first row to the last. Owned by one thread. */
sealed interface ScannedColumn extends AutoCloseable {
    /**
     * Rows from one on, valid until the next call.
     *
     * @param from a multiple of 64, behind what was read before
     * @param count at most {@link Batch#MAX_ROWS}
     */
    ColumnVector rows(int from, int count);

    @Override
    void close();

    /** One that lies decoded in memory. */
    record Decoded(DecodedColumn column) implements ScannedColumn {
        @Override
        public ColumnVector rows(int from, int count) {
            return column.vector().slice(from, count);
        }

        @Override
        public void close() {
            column.release();
        }
    }

    /** One that is decoded as it is read, and not kept. */
    final class Streamed implements ScannedColumn {
        private final MemoryPool pool;
        private final List<MemorySegment> memory = new ArrayList<>(3);
        private final ChunkPieces pieces;

        /**
         * Owns the chunk from now on.
         *
         * @param chunk was allocated from the pool, with 64 bytes behind what it holds
         */
        Streamed(MemoryPool pool, MemorySegment chunk, SqlType type) {
            this.pool = pool;
            memory.add(chunk);
            boolean done = false;
            try {
                this.pieces = new ChunkPieces(type, chunk, Batch.MAX_ROWS, (size, alignment) -> {
                    MemorySegment segment = pool.allocate(size);
                    memory.add(segment);
                    return segment;
                });
                done = true;
            } finally {
                if (!done) {
                    close();
                }
            }
        }

        @Override
        public ColumnVector rows(int from, int count) {
            return pieces.read(from, count);
        }

        @Override
        public void close() {
            memory.forEach(pool::free);
            memory.clear();
        }
    }
}
