package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import org.jspecify.annotations.Nullable;

/**
 * count, and exact sum and avg, by differences of running totals: each range costs the same however long it is. Totals
 * have 128 bits, and may wrap around: a difference is right whenever it fits.
 */
final class FrameSums implements FrameAggregate {
    private final AggregateCall call;
    private final MemoryPool memory;
    private final @Nullable SqlType argument;
    /** For each row, and the end, the int128 sum of the values before it; nothing for counts. */
    private final NativeArray sums;
    /** For each row, and the end, int32 values before it that are not NULL; nothing if all are. */
    private final NativeArray counts;

    private final boolean countsRows;

    private FrameSums(AggregateCall call, @Nullable ColumnVector column, int rows, MemoryPool memory) {
        this.call = call;
        this.memory = memory;
        this.argument = column == null ? null : column.type();
        this.sums = new NativeArray(memory);
        this.counts = new NativeArray(memory);
        this.countsRows = column == null || column.validity() == null;
        if (column != null && column.validity() != null) {
            count(column, rows);
        }
        if (column != null && call.function() != AggregateFunction.COUNT) {
            sum(column, rows);
        }
    }

    /** Whether a call can be computed in this way. */
    static boolean suits(AggregateCall call, SqlType argument) {
        return switch (call.function()) {
            case COUNT_STAR, COUNT -> true;
            case SUM, AVG ->
                argument.layout() == Layout.INT16
                        || argument.layout() == Layout.INT32
                        || argument.layout() == Layout.INT64;
            default -> false;
        };
    }

    /**
     * Makes the totals.
     *
     * @param column the argument, or null for count(*)
     */
    static FrameSums of(AggregateCall call, @Nullable ColumnVector column, int rows, MemoryPool memory) {
        return new FrameSums(call, column, rows, memory);
    }

    private void count(ColumnVector column, int rows) {
        counts.reset(4L * (rows + 1L));
        int present = 0;
        for (int row = 0; row < rows; row++) {
            present += column.isNull(row) ? 0 : 1;
            Native.putInt(counts.address() + 4L * (row + 1L), present);
        }
    }

    private void sum(ColumnVector column, int rows) {
        sums.reset(16L * (rows + 1L));
        long[] values = new long[Batch.MAX_ROWS];
        long low = 0;
        long high = 0;
        for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
            int count = Math.min(Batch.MAX_ROWS, rows - from);
            ColumnVector part = column.slice(from, count);
            Columns.loadLongs(part, null, count, values);
            for (int i = 0; i < count; i++) {
                long value = part.isNull(i) ? 0 : values[i];
                long sum = low + value;
                high += (value >> 63) + (Long.compareUnsigned(sum, value) < 0 ? 1 : 0);
                low = sum;
                long at = sums.address() + 16L * (from + i + 1L);
                Native.putLong(at, low);
                Native.putLong(at + 8, high);
            }
        }
    }

    @Override
    public Evaluation open() {
        return new Sums();
    }

    @Override
    public void close() {
        sums.close();
        counts.close();
    }

    private final class Sums implements Evaluation {
        private final long[] lows = new long[Batch.MAX_ROWS];
        private final long[] highs = new long[Batch.MAX_ROWS];
        private final long[] rows = new long[Batch.MAX_ROWS];

        @Override
        public void add(int slot, int from, int to) {
            rows[slot] += countsRows ? to - from : present(to) - present(from);
            if (sums.capacity() > 0) {
                long start = sums.address() + 16L * from;
                long end = sums.address() + 16L * to;
                long low = Native.getLong(end) - Native.getLong(start);
                long borrow = Long.compareUnsigned(Native.getLong(end), Native.getLong(start)) < 0 ? 1 : 0;
                long high = Native.getLong(end + 8) - Native.getLong(start + 8) - borrow;
                long sum = lows[slot] + low;
                highs[slot] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
                lows[slot] = sum;
            }
        }

        private int present(int row) {
            return Native.getInt(counts.address() + 4L * row);
        }

        @Override
        public void emit(int slots, VectorBuilder out) {
            if (argument == null || call.function() == AggregateFunction.COUNT) {
                for (int i = 0; i < slots; i++) {
                    out.appendLong(rows[i]);
                }
            } else {
                boolean average = call.function() == AggregateFunction.AVG;
                try (ExactSumAccumulator states = new ExactSumAccumulator(argument, call.type(), average, memory)) {
                    states.resize(slots);
                    for (int i = 0; i < slots; i++) {
                        states.set(i, lows[i], highs[i], rows[i]);
                    }
                    states.emit(0, slots, out);
                }
            }
            java.util.Arrays.fill(lows, 0, slots, 0);
            java.util.Arrays.fill(highs, 0, slots, 0);
            java.util.Arrays.fill(rows, 0, slots, 0);
        }
    }
}
