package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import org.jspecify.annotations.Nullable;

/** bool_and and bool_or, and min and max of booleans: a byte a group with bit 1 for a true seen, bit 2 for a false. */
final class BooleanAccumulator implements Accumulator {
    private final boolean and;
    private final NativeArray states;
    private final long[] values = new long[Batch.MAX_ROWS];

    BooleanAccumulator(boolean and, MemoryPool memory) {
        this.and = and;
        this.states = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure(groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        Columns.loadLongs(args[0], selection, count, values);
        for (int i = 0; i < count; i++) {
            long at = states.address() + (groups == null ? 0 : groups[i]);
            Native.putByte(at, (byte) (Native.getByte(at) | (values[i] != 0 ? 1 : 2)));
        }
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        long from = ((BooleanAccumulator) other).states.address();
        for (int i = 0; i < count; i++) {
            long at = states.address() + targets[i];
            Native.putByte(at, (byte) (Native.getByte(at) | Native.getByte(from + sources[i])));
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            int seen = Native.getByte(states.address() + i);
            if (seen == 0) {
                out.appendNull();
            } else {
                out.appendBoolean(and ? (seen & 2) == 0 : (seen & 1) != 0);
            }
        }
    }

    @Override
    public void close() {
        states.close();
    }
}
