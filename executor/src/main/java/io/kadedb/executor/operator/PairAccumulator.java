package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * Correlation and regression of pairs (y, x) by the method of Youngs and Cramer: count, sums and sums of squared
 * deviations, 48 bytes a group. Pairs with a NULL do not count.
 */
final class PairAccumulator implements Accumulator {
    private static final int STATE_BYTES = 48;

    private final AggregateFunction function;
    private final NativeArray states;

    PairAccumulator(AggregateFunction function, MemoryPool memory) {
        this.function = function;
        this.states = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure((long) STATE_BYTES * groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            Object y = Values.get(args[0], row);
            Object x = Values.get(args[1], row);
            if (y != null && x != null) {
                int group = groups == null ? 0 : groups[i];
                add(state(group), ((Number) y).doubleValue(), ((Number) x).doubleValue());
            }
        }
    }

    private long state(int group) {
        return states.address() + (long) STATE_BYTES * group;
    }

    private static void add(long at, double y, double x) {
        double n = Native.getDouble(at) + 1;
        double beforeX = Native.getDouble(at + 8);
        double beforeY = Native.getDouble(at + 16);
        boolean finite =
                Double.isFinite(beforeX) && Double.isFinite(beforeY) && Double.isFinite(x) && Double.isFinite(y);
        double sumX = sum(beforeX + x, finite);
        double sumY = sum(beforeY + y, finite);
        if (n > 1) {
            double dx = x * n - sumX;
            double dy = y * n - sumY;
            double scale = 1 / (n * (n - 1));
            Native.putDouble(at + 24, checked(Native.getDouble(at + 24) + dx * dx * scale, finite));
            Native.putDouble(at + 32, checked(Native.getDouble(at + 32) + dy * dy * scale, finite));
            Native.putDouble(at + 40, checked(Native.getDouble(at + 40) + dx * dy * scale, finite));
        } else {
            // A value alone deviates by nothing, but for one that has no distance to itself.
            Native.putDouble(at + 24, Double.isFinite(x) ? 0 : Double.NaN);
            Native.putDouble(at + 32, Double.isFinite(y) ? 0 : Double.NaN);
            Native.putDouble(at + 40, Double.isFinite(x) && Double.isFinite(y) ? 0 : Double.NaN);
        }
        Native.putDouble(at, n);
        Native.putDouble(at + 8, sumX);
        Native.putDouble(at + 16, sumY);
    }

    /** Finite values have a finite sum. */
    private static double sum(double sum, boolean finite) {
        if (finite && Double.isInfinite(sum)) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
        }
        return sum;
    }

    /** A sum of deviations, which nobody knows if it is infinite. */
    private static double checked(double sum, boolean finite) {
        return Double.isInfinite(sum(sum, finite)) ? Double.NaN : sum;
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        for (int i = 0; i < count; i++) {
            merge(((PairAccumulator) other).state(sources[i]), state(targets[i]));
        }
    }

    private static void merge(long from, long at) {
        double n1 = Native.getDouble(at);
        double n2 = Native.getDouble(from);
        if (n2 == 0) {
            return;
        }
        if (n1 == 0) {
            Native.copy(from, at, STATE_BYTES);
            return;
        }
        double n = n1 + n2;
        double dx = Native.getDouble(at + 8) / n1 - Native.getDouble(from + 8) / n2;
        double dy = Native.getDouble(at + 16) / n1 - Native.getDouble(from + 16) / n2;
        double weight = n1 * n2 / n;
        boolean finite = Double.isFinite(dx) && Double.isFinite(dy);
        Native.putDouble(at, n);
        Native.putDouble(at + 8, sum(Native.getDouble(at + 8) + Native.getDouble(from + 8), finite));
        Native.putDouble(at + 16, sum(Native.getDouble(at + 16) + Native.getDouble(from + 16), finite));
        double sxx = Native.getDouble(at + 24) + Native.getDouble(from + 24) + weight * dx * dx;
        double syy = Native.getDouble(at + 32) + Native.getDouble(from + 32) + weight * dy * dy;
        double sxy = Native.getDouble(at + 40) + Native.getDouble(from + 40) + weight * dx * dy;
        Native.putDouble(at + 24, checked(sxx, finite));
        Native.putDouble(at + 32, checked(syy, finite));
        Native.putDouble(at + 40, checked(sxy, finite));
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int group = from; group < from + count; group++) {
            long at = state(group);
            double n = Native.getDouble(at);
            if (function == AggregateFunction.REGR_COUNT) {
                out.appendLong((long) n);
                continue;
            }
            double result = n < 1 ? Double.NaN : result(at, n);
            if (n < 1 || isMissing(at, n)) {
                out.appendNull();
            } else {
                out.appendDouble(result);
            }
        }
    }

    /** Whether the data do not tell the result. */
    private boolean isMissing(long at, double n) {
        return switch (function) {
            case COVAR_SAMP -> n < 2;
            case REGR_SLOPE, REGR_INTERCEPT, REGR_R2 -> Native.getDouble(at + 24) == 0;
            case CORR -> Native.getDouble(at + 24) == 0 || Native.getDouble(at + 32) == 0;
            default -> false;
        };
    }

    private double result(long at, double n) {
        double sumX = Native.getDouble(at + 8);
        double sumY = Native.getDouble(at + 16);
        double sxx = Native.getDouble(at + 24);
        double syy = Native.getDouble(at + 32);
        double sxy = Native.getDouble(at + 40);
        return switch (function) {
            case COVAR_POP -> sxy / n;
            case COVAR_SAMP -> sxy / (n - 1);
            case REGR_AVGX -> sumX / n;
            case REGR_AVGY -> sumY / n;
            case REGR_SXX -> sxx;
            case REGR_SYY -> syy;
            case REGR_SXY -> sxy;
            case REGR_SLOPE -> sxy / sxx;
            case REGR_INTERCEPT -> (sumY - sumX * sxy / sxx) / n;
            case REGR_R2 -> syy == 0 ? 1 : sxy * sxy / (sxx * syy);
            case CORR -> sxy / Math.sqrt(sxx * syy);
            default -> throw new IllegalStateException("not an aggregate of pairs: " + function);
        };
    }

    @Override
    public void close() {
        states.close();
    }
}
