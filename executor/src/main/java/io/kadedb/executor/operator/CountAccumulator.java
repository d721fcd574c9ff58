package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import org.jspecify.annotations.Nullable;

/** count(*) and count(x). */
final class CountAccumulator implements Accumulator {
    private final NativeArray counts;

    CountAccumulator(MemoryPool memory) {
        counts = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        counts.ensure(8L * groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        long states = counts.address();
        if (groups == null) {
            Native.putLong(states, Native.getLong(states) + count);
            return;
        }
        for (int i = 0; i < count; i++) {
            long at = states + 8L * groups[i];
            Native.putLong(at, Native.getLong(at) + 1);
        }
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        long from = ((CountAccumulator) other).counts.address();
        for (int i = 0; i < count; i++) {
            long at = counts.address() + 8L * targets[i];
            Native.putLong(at, Native.getLong(at) + Native.getLong(from + 8L * sources[i]));
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            out.appendLong(Native.getLong(counts.address() + 8L * i));
        }
    }

    @Override
    public void close() {
        counts.close();
    }
}
