package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.AggregateFunction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Variances and standard deviations by Welford's method (D. E. Knuth, The Art of Computer Programming, volume 2, 4.2.2),
 * merged as Chan et al. show: count, mean and sum of squared deviations, 24 bytes a group.
 */
final class VarianceAccumulator implements Accumulator {
    private static final int STATE_BYTES = 24;

    private final AggregateFunction function;
    private final SqlType result;
    private final NativeArray states;

    VarianceAccumulator(AggregateFunction function, SqlType result, MemoryPool memory) {
        this.function = function;
        this.result = result;
        this.states = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure((long) STATE_BYTES * groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        for (int i = 0; i < count; i++) {
            Object value = Values.get(args[0], Columns.row(selection, i));
            if (value != null) {
                long at = states.address() + (groups == null ? 0 : (long) STATE_BYTES * groups[i]);
                add(at, 1, ((Number) value).doubleValue(), 0);
            }
        }
    }

    private static void add(long at, long rows, double mean, double squares) {
        long oldRows = Native.getLong(at);
        double oldMean = Native.getDouble(at + 8);
        long newRows = oldRows + rows;
        double delta = mean - oldMean;
        Native.putLong(at, newRows);
        Native.putDouble(at + 8, oldMean + delta * rows / newRows);
        // What is infinite or NaN has no distance to itself either.
        double between;
        if (!Double.isFinite(mean)) {
            between = Double.NaN;
        } else {
            between = oldRows == 0 ? 0 : delta * delta * oldRows * rows / newRows;
        }
        Native.putDouble(at + 16, Native.getDouble(at + 16) + squares + between);
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        long from = ((VarianceAccumulator) other).states.address();
        for (int i = 0; i < count; i++) {
            long source = from + (long) STATE_BYTES * sources[i];
            long rows = Native.getLong(source);
            if (rows > 0) {
                long at = states.address() + (long) STATE_BYTES * targets[i];
                add(at, rows, Native.getDouble(source + 8), Native.getDouble(source + 16));
            }
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        boolean sample = function == AggregateFunction.VAR_SAMP || function == AggregateFunction.STDDEV_SAMP;
        boolean root = function == AggregateFunction.STDDEV_POP || function == AggregateFunction.STDDEV_SAMP;
        for (int i = from; i < from + count; i++) {
            long at = states.address() + (long) STATE_BYTES * i;
            long divisor = Native.getLong(at) - (sample ? 1 : 0);
            if (divisor <= 0) {
                out.appendNull();
                continue;
            }
            double squares = Native.getDouble(at + 16);
            if (Double.isInfinite(squares)) {
                throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
            }
            double variance = squares / divisor;
            append(root ? Math.sqrt(variance) : variance, out);
        }
    }

    private void append(double value, VectorBuilder out) {
        if (result.id() != TypeId.DECIMAL) {
            out.appendDouble(value);
            return;
        }
        // A double carries 15 digits at least; what lies beyond them would be noise.
        BigDecimal decimal = new BigDecimal(value, new MathContext(15, RoundingMode.HALF_UP))
                .setScale(result.scale(), RoundingMode.HALF_UP);
        if (decimal.precision() > result.precision()) {
            throw KadeException.of(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, function.sqlName() + " is out of range for " + result);
        }
        out.append(decimal);
    }

    @Override
    public void close() {
        states.close();
    }
}
