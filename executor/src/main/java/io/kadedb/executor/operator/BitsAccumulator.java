package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** bit_and, bit_or and bit_xor of integers: for each group the bits as an int64, then whether there was a value. */
final class BitsAccumulator implements Accumulator {
    private static final long STATE_BYTES = 16;

    private final AggregateFunction function;
    private final NativeArray states;
    private final long[] values = new long[Batch.MAX_ROWS];

    BitsAccumulator(AggregateFunction function, MemoryPool memory) {
        this.function = function;
        this.states = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure(STATE_BYTES * groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        Columns.loadLongs(args[0], selection, count, values);
        for (int i = 0; i < count; i++) {
            add(groups == null ? 0 : groups[i], values[i]);
        }
    }

    private void add(int group, long value) {
        long at = states.address() + STATE_BYTES * group;
        long before = Native.getLong(at);
        boolean first = Native.getLong(at + 8) == 0;
        Native.putLong(
                at,
                first
                        ? value
                        : switch (function) {
                            case BIT_AND -> before & value;
                            case BIT_OR -> before | value;
                            default -> before ^ value;
                        });
        Native.putLong(at + 8, 1);
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        long from = ((BitsAccumulator) other).states.address();
        for (int i = 0; i < count; i++) {
            long source = from + STATE_BYTES * sources[i];
            if (Native.getLong(source + 8) != 0) {
                add(targets[i], Native.getLong(source));
            }
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            long at = states.address() + STATE_BYTES * i;
            if (Native.getLong(at + 8) == 0) {
                out.appendNull();
            } else {
                out.appendLong(Native.getLong(at));
            }
        }
    }

    @Override
    public void close() {
        states.close();
    }
}
