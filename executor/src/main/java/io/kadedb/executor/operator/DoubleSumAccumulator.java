package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import org.jspecify.annotations.Nullable;

/**
 * sum and avg of floating point numbers: a sum and a count, 16 bytes a group. A sum of finite numbers that is none itself
 * is marked in the count's sign, and refused when it is wanted.
 */
final class DoubleSumAccumulator implements Accumulator {
    private static final long OVERFLOWN = Long.MIN_VALUE;

    private final boolean average;
    private final boolean single;
    private final NativeArray states;
    private final double[] values = new double[Batch.MAX_ROWS];

    /** @param result REAL or DOUBLE */
    DoubleSumAccumulator(SqlType result, boolean average, MemoryPool memory) {
        this.average = average;
        this.single = result.id() == TypeId.REAL;
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
            long rows = Native.getLong(table + 8) + count;
            if (!Double.isFinite(sum) && overflows(Native.getDouble(table), count)) {
                rows |= OVERFLOWN;
            }
            Native.putDouble(table, sum);
            Native.putLong(table + 8, rows);
            return;
        }
        for (int i = 0; i < count; i++) {
            long at = table + 16L * groups[i];
            add(at, values[i], 1);
        }
    }

    private static void add(long at, double value, long rows) {
        double before = Native.getDouble(at);
        double sum = before + value;
        Native.putDouble(at, sum);
        long mark = Double.isInfinite(sum) && overflows(before, value) ? OVERFLOWN : 0;
        Native.putLong(at + 8, (Native.getLong(at + 8) + (rows & ~OVERFLOWN)) | mark | (rows & OVERFLOWN));
    }

    private static boolean overflows(double a, double b) {
        return Double.isFinite(a) && Double.isFinite(b);
    }

    /** Whether the sum leaves the finite numbers by itself. */
    private boolean overflows(double before, int count) {
        double sum = before;
        for (int i = 0; i < count; i++) {
            double next = sum + values[i];
            if (Double.isInfinite(next) && overflows(sum, values[i])) {
                return true;
            }
            sum = next;
        }
        return false;
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        long from = ((DoubleSumAccumulator) other).states.address();
        for (int i = 0; i < count; i++) {
            long source = from + 16L * sources[i];
            long at = states.address() + 16L * targets[i];
            add(at, Native.getDouble(source), Native.getLong(source + 8));
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            double sum = Native.getDouble(states.address() + 16L * i);
            long rows = Native.getLong(states.address() + 16L * i + 8);
            if (rows == 0) {
                out.appendNull();
            } else if (rows < 0 || (single && Double.isFinite(sum) && Float.isInfinite((float) sum))) {
                throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
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
