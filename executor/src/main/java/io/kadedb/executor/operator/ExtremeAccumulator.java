package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import org.jspecify.annotations.Nullable;

/**
 * min and max of what fits 64 bits, 16 bytes a group: a word ordered as the values are, and whether there is one.
 * Floating point numbers are ordered as PostgreSQL does: NaN is the greatest.
 */
final class ExtremeAccumulator implements Accumulator {
    private final SqlType type;
    private final boolean floating;
    private final long flip;
    private final NativeArray states;
    private final long[] values = new long[Batch.MAX_ROWS];
    private final double[] doubles = new double[Batch.MAX_ROWS];

    ExtremeAccumulator(SqlType type, boolean greatest, MemoryPool memory) {
        this.type = type;
        this.floating = type.layout() == Layout.FLOAT32 || type.layout() == Layout.FLOAT64;
        // The complement reverses the order, so that one loop looks for the least.
        this.flip = greatest ? -1 : 0;
        this.states = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure(16L * groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        if (floating) {
            Columns.loadDoubles(args[0], selection, count, doubles);
            for (int i = 0; i < count; i++) {
                values[i] = SortWords.ofDouble(doubles[i]);
            }
        } else {
            Columns.loadLongs(args[0], selection, count, values);
        }
        long table = states.address();
        if (groups == null) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                least = Math.min(least, values[i] ^ flip);
            }
            if (count > 0) {
                offer(table, least);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            offer(table + 16L * groups[i], values[i] ^ flip);
        }
    }

    private static void offer(long at, long word) {
        if (Native.getLong(at + 8) == 0 || word < Native.getLong(at)) {
            Native.putLong(at, word);
            Native.putLong(at + 8, 1);
        }
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        long from = ((ExtremeAccumulator) other).states.address();
        for (int i = 0; i < count; i++) {
            long source = from + 16L * sources[i];
            if (Native.getLong(source + 8) != 0) {
                offer(states.address() + 16L * targets[i], Native.getLong(source));
            }
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            long at = states.address() + 16L * i;
            if (Native.getLong(at + 8) == 0) {
                out.appendNull();
            } else if (floating) {
                out.appendDouble(SortWords.toDouble(Native.getLong(at) ^ flip));
            } else if (type.layout() == Layout.BIT) {
                out.appendBoolean((Native.getLong(at) ^ flip) != 0);
            } else {
                out.appendLong(Native.getLong(at) ^ flip);
            }
        }
    }

    @Override
    public void close() {
        states.close();
    }
}
