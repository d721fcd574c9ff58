package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import org.jspecify.annotations.Nullable;

/** sum and avg of floating point numbers: a sum and a count, 16 bytes a group. */
final class DoubleSumAccumulator implements Accumulator {
    private final boolean average;
    private final NativeArray states;
    private final double[] values = new double[Batch.MAX_ROWS];

    DoubleSumAccumulator(boolean average, MemoryPool memory) {
        this.average = average;
        this.states = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure(16L * groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        Columns.loadDoubles(args[0], selection, count, values);
        long table = states.address();
        if (groups == null) {
            double sum = Native.getDouble(table);
            for (int i = 0; i < count; i++) {
                sum += values[i];
            }
            Native.putDouble(table, sum);
            Native.putLong(table + 8, Native.getLong(table + 8) + count);
            return;
        }
        for (int i = 0; i < count; i++) {
            long at = table + 16L * groups[i];
            Native.putDouble(at, Native.getDouble(at) + values[i]);
            Native.putLong(at + 8, Native.getLong(at + 8) + 1);
        }
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        long from = ((DoubleSumAccumulator) other).states.address();
        for (int i = 0; i < count; i++) {
            long source = from + 16L * sources[i];
            long at = states.address() + 16L * targets[i];
            Native.putDouble(at, Native.getDouble(at) + Native.getDouble(source));
            Native.putLong(at + 8, Native.getLong(at + 8) + Native.getLong(source + 8));
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            double sum = Native.getDouble(states.address() + 16L * i);
            long rows = Native.getLong(states.address() + 16L * i + 8);
            if (rows == 0) {
                out.appendNull();
            } else {
                out.appendDouble(average ? sum / rows : sum);
            }
        }
    }

    @Override
    public void close() {
        states.close();
    }
}
