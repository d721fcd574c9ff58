package io.kadedb.executor.pipeline;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/** A query's memory as one operator sees it: errors say which operator wanted it. */
final class OperatorMemory implements MemoryPool {
    private final String operator;
    private final MemoryPool query;
    private final AtomicLong allocated = new AtomicLong();

    OperatorMemory(String operator, MemoryPool query) {
        this.operator = operator;
        this.query = query;
    }

    @Override
    public MemorySegment allocate(long bytes) {
        MemorySegment segment;
        try {
            segment = query.allocate(bytes);
        } catch (KadeException e) {
            if (e.code() != ErrorCode.OUT_OF_MEMORY) {
                throw e;
            }
            throw KadeException.of(
                            ErrorCode.OUT_OF_MEMORY,
                            operator + ", which holds " + allocated.get() + " bytes: " + e.messageText(),
                            e)
                    .hint(e.hint().orElse(null));
        }
        allocated.addAndGet(segment.byteSize());
        return segment;
    }

    @Override
    public void free(MemorySegment segment) {
        allocated.addAndGet(-segment.byteSize());
        query.free(segment);
    }

    @Override
    public long allocatedBytes() {
        return allocated.get();
    }

    @Override
    public MemoryPool child(String name, long limitBytes) {
        return query.child(name, limitBytes);
    }

    @Override
    public void close() {
        assert allocated.get() == 0 : operator + " leaks " + allocated.get() + " bytes";
    }
}
